using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>What became of a text with variables in it.</summary>
/// <param name="Text">The result; without meaning when something is missing or wrong.</param>
/// <param name="Missing">Variables that are not set and have no default.</param>
/// <param name="Error">A sentence, when the text itself is malformed.</param>
public sealed record Expansion(string Text, ImmutableArray<string> Missing, string? Error)
{
    public bool IsComplete => Missing.IsEmpty && Error is null;
}
