using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ziggie.Api.Contracts;

/// <summary>How it stands with the daemon's file of definitions.</summary>
/// <param name="Success">True.</param>
/// <param name="File">Its path.</param>
/// <param name="Watch">Whether it is applied by itself when it changes.</param>
/// <param name="Exists">Whether it is there.</param>
/// <param name="Files">All that belong to it: itself and what it includes.</param>
/// <param name="AppliedAt">When what it said was last in force as a whole; null when it never was since the daemon began.</param>
/// <param name="Summary">What was changed then.</param>
/// <param name="Message">That the file is gone, and what became of its services.</param>
/// <param name="Errors">Why what it says now is not in force; empty when it is.</param>
internal sealed record ConfigStatusAnswer(
    bool Success, string File, bool Watch, bool Exists, IReadOnlyList<string> Files, DateTime? AppliedAt, string? Summary, string? Message,
    IReadOnlyList<ConfigErrorBody> Errors);

/// <param name="File">The file; null for a text that was sent.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Service">The service, where it is known.</param>
/// <param name="Field">The key's path below the service.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
internal sealed record ConfigErrorBody(string? File, int? Line, int? Column, string? Service, string Field, string Message);

/// <summary>A plan, or what came of an apply.</summary>
/// <param name="Success">False when something could not be started; the definitions are stored all the same.</param>
/// <param name="DryRun">It was only a plan.</param>
/// <param name="Source">The set: file, or apply:SOURCE.</param>
/// <param name="Summary">All of it as a sentence.</param>
/// <param name="Services">Every service of the set, and those that go, in the order of names.</param>
internal sealed record ConfigAnswer(bool Success, bool DryRun, string Source, string Summary, IReadOnlyList<ConfigChangeBody> Services);

/// <summary>One service of a plan or an apply.</summary>
internal sealed record ConfigChangeBody
{
    public required string Name { get; init; }

    /// <summary>added, changed, unchanged or removed.</summary>
    public required string Action { get; init; }

    /// <summary>Where the definition comes from; null when it is removed.</summary>
    public string? Origin { get; init; }

    /// <summary>Where the definition came from; null when it is added.</summary>
    public string? PreviousOrigin { get; init; }

    /// <summary>Each key that differs, with the values in force; secrets are masked.</summary>
    public IReadOnlyList<ConfigKeyBody> Changes { get; init; } = [];

    /// <summary>A process that runs must be started anew for the change.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>It is wanted up, so it is restarted for the change.</summary>
    public bool Restarts { get; init; }

    /// <summary>It starts with the daemon, so it starts now.</summary>
    public bool Starts { get; init; }

    /// <summary>Whether it came out well; null when nobody waited for it.</summary>
    public bool? Ok { get; init; }

    /// <summary>What came of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}

/// <param name="Key">Its path, such as env.PORT.</param>
/// <param name="Old">Null for none.</param>
/// <param name="New">Null for none.</param>
internal sealed record ConfigKeyBody(string Key, JsonNode? Old, JsonNode? New);
