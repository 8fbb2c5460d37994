using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Ziggie.Actors.Domain.Configuration;

/// <summary>What a set would change, or why it cannot be applied.</summary>
/// <param name="Changes">In the order of names.</param>
/// <param name="Refused">Null when the set can be applied.</param>
public sealed record Plan(ImmutableArray<PlannedChange> Changes, CommandReply.Refused? Refused = null)
{
    public bool ChangesAnything => Changes.Any(c => c.Action is not PlannedAction.Unchanged);
}

/// <summary>What becomes of a service.</summary>
public enum PlannedAction { Added, Changed, Unchanged, Removed }

/// <summary>One service of a plan.</summary>
public sealed record PlannedChange
{
    public required string Name { get; init; }

    public required PlannedAction Action { get; init; }

    /// <summary>What it is to be, with its secrets; null when it is removed.</summary>
    public Declaration? Next { get; init; }

    /// <summary>What it is now; null when it is added.</summary>
    public Declaration? Now { get; init; }

    /// <summary>Each key whose value differs, secrets masked.</summary>
    public ImmutableArray<KeyChange> Keys { get; init; } = [];

    /// <summary>A process that runs would have to be started anew for the change.</summary>
    public bool NeedsRestart { get; init; }
}

/// <summary>A key whose value in force differs.</summary>
/// <param name="Key">Its path, such as <c>env.PORT</c> or <c>restart.budget</c>.</param>
/// <param name="Old">Masked where it is secret; null for none.</param>
/// <param name="New">Masked where it is secret; null for none.</param>
public sealed record KeyChange(string Key, JsonNode? Old, JsonNode? New);
