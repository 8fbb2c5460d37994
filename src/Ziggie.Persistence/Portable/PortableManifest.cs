using System.Text.Json.Serialization;

namespace Ziggie.Persistence.Portable;

/// <summary>What an exported file says of itself.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">
/// Of the format: 3. One of version 1 has no snapshots, and every event since the beginning; one of version 2 does not say how far back its
/// history goes.
/// </param>
/// <param name="CreatedAt">In UTC.</param>
/// <param name="Events">In the journal: definitions and history.</param>
/// <param name="Users">With their password hashes.</param>
/// <param name="Audit">Of the daemon's own record.</param>
/// <param name="Snapshots">What stands for events that are no longer kept.</param>
/// <param name="HistoryFrom">Since when nothing is missing in it; null for since the beginning.</param>
public sealed record PortableManifest(
    string Format, int Version, DateTimeOffset CreatedAt, long Events, long Users, long Audit, long Snapshots = 0, DateTimeOffset? HistoryFrom = null)
{
    public const string FormatName = "ziggie-export";
    public const int Current = 3;

    /// <summary>"1 user", "2 users".</summary>
    public static string Count(long number, string what) => FormattableString.Invariant($"{number} {what}{(number == 1 ? "" : "s")}");
}

/// <summary>Lines of an exported file. A member that is missing or too much makes it invalid.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PortableManifest))]
[JsonSerializable(typeof(PortableEvent))]
[JsonSerializable(typeof(PortableSnapshot))]
[JsonSerializable(typeof(PortableUser))]
[JsonSerializable(typeof(PortableAudit))]
internal sealed partial class PortableJson : JsonSerializerContext;

/// <param name="Id">Of the actor.</param>
/// <param name="Number">Of the event in its life.</param>
/// <param name="Created">In ticks of UTC.</param>
/// <param name="Manifest">Its name in the store.</param>
/// <param name="Event">As it is stored.</param>
internal sealed record PortableEvent(string Id, long Number, long Created, string Manifest, System.Text.Json.JsonElement Event);

/// <param name="Id">Of the actor.</param>
/// <param name="Number">Of the event after which it was taken.</param>
/// <param name="Created">In ticks of UTC.</param>
/// <param name="Manifest">Its name in the store.</param>
/// <param name="State">As it is stored.</param>
internal sealed record PortableSnapshot(string Id, long Number, long Created, string Manifest, System.Text.Json.JsonElement State);

internal sealed record PortableUser(
    string Username, string? Email, string? FullName, string HashedPassword, string Role, bool IsActive,
    DateTimeOffset CreatedAt, DateTimeOffset? LastLogin);

internal sealed record PortableAudit(
    long Created, string Kind, string? Who, string? Address, string? Service, string Message, string? Details);
