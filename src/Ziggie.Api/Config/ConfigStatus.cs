using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Api.Config;

/// <summary>How it stands with the daemon's file. Immutable; replaced with each look at it.</summary>
internal sealed record ConfigStatus
{
    public bool Exists { get; init; }

    /// <summary>All that belong to it, the file itself first.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>When what it said was last in force as a whole; null when it never was since the daemon began.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>What was last applied, as a sentence.</summary>
    public string? Summary { get; init; }

    /// <summary>What is to be known beside errors: that the file is gone, for example.</summary>
    public string? Message { get; init; }

    /// <summary>Why what it says now is not in force; empty when it is.</summary>
    public ImmutableArray<DefinitionError> Errors { get; init; } = [];
}
