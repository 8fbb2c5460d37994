using System.Collections.Immutable;
using Ziggie.Actors.Domain.Configuration;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>A file with all that it includes, or everything that is wrong with them.</summary>
/// <param name="Services">Each with the file in which it stands as its origin; empty after errors.</param>
/// <param name="Errors">Each with its place.</param>
/// <param name="Files">All that were read or should have been, absolute, the first one first.</param>
/// <param name="Patterns">The patterns by which files were looked for, absolute.</param>
public sealed record ConfigurationResult(
    ImmutableArray<Declaration> Services, ImmutableArray<DefinitionError> Errors, ImmutableArray<string> Files, ImmutableArray<string> Patterns)
{
    public bool IsValid => Errors.IsEmpty;
}
