using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Model.Service.Form;

/// <summary>What saving would change.</summary>
/// <param name="Next">What is to be saved, as it was typed: with masks where a secret stays.</param>
/// <param name="Lines">Of both as YAML, secrets masked.</param>
/// <param name="Hidden">Keys that change in nothing but secrets, which the lines do not show.</param>
/// <param name="ChangesAnything">Whether they say different things.</param>
/// <param name="NeedsRestart">Whether a process that runs must be started anew for it.</param>
public sealed record DefinitionReview(
    ServiceDefinition Next, ImmutableArray<DiffLine> Lines, ImmutableArray<string> Hidden, bool ChangesAnything, bool NeedsRestart)
{
    /// <param name="now">The definition with its secrets; null for a new service.</param>
    /// <param name="next">What was typed.</param>
    /// <param name="restored">The same with its secrets.</param>
    public static DefinitionReview Of(ServiceDefinition? now, ServiceDefinition next, ServiceDefinition restored)
    {
        var after = DefinitionWriter.WriteYaml(DefinitionMask.Apply(restored));
        if (now is null) return new(next, LineDiff.Of("", after), [], true, false);
        var before = DefinitionWriter.WriteYaml(DefinitionMask.Apply(now));
        var changed = DefinitionComparer.Changed(now, restored);
        var (left, right) = (DefinitionWriter.WriteCompact(DefinitionMask.Apply(now)), DefinitionWriter.WriteCompact(DefinitionMask.Apply(restored)));
        return new(
            next, LineDiff.Of(before, after), [.. changed.Where(key => JsonNode.DeepEquals(left[key], right[key]))],
            changed.Length > 0, DefinitionComparer.NeedsRestart(now, restored));
    }
}
