using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>A plan, or every reason why there is none.</summary>
/// <param name="Plan">Null when there are errors.</param>
public sealed record LaunchPlanResult(LaunchPlan? Plan, ImmutableArray<DefinitionError> Errors);
