using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>Definitions that were read, or everything that is wrong with them.</summary>
public sealed record DefinitionResult(ImmutableArray<ServiceDefinition> Definitions, ImmutableArray<DefinitionError> Errors)
{
    public bool IsValid => Errors.IsEmpty;
}
