using System.Text.Json.Nodes;

namespace Ziggie.Persistence.History;

/// <summary>What is to be recorded. Never with a password or a token in it.</summary>
/// <param name="Kind">One of <see cref="AuditKinds"/>.</param>
/// <param name="Message">A sentence.</param>
public sealed record AuditEntry(string Kind, string Message)
{
    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The user, or <c>daemon</c>.</summary>
    public string? Who { get; init; }

    /// <summary>The client's address, or <c>local</c> for the socket in the home.</summary>
    public string? Address { get; init; }

    /// <summary>The service that it concerns.</summary>
    public string? Service { get; init; }

    public JsonObject? Details { get; init; }
}
