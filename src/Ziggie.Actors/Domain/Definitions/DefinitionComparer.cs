using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>Compares definitions by what they say, which is their compact JSON.</summary>
public static class DefinitionComparer
{
    private static readonly HashSet<string> AtLaunch = ["name", "command", "shell", "cwd", "env", "env_file", "user", "umask", "port"];

    public static bool Same(ServiceDefinition a, ServiceDefinition b) =>
        ReferenceEquals(a, b) || JsonNode.DeepEquals(DefinitionWriter.WriteCompact(a), DefinitionWriter.WriteCompact(b));

    /// <summary>The top-level keys that differ, in the order of the vocabulary.</summary>
    public static ImmutableArray<string> Changed(ServiceDefinition a, ServiceDefinition b)
    {
        var left = DefinitionWriter.WriteCompact(a);
        var right = DefinitionWriter.WriteCompact(b);
        return [.. ServiceKeys.All.Where(key => !JsonNode.DeepEquals(left[key], right[key]))];
    }

    /// <summary>
    /// Whether a running process must be started anew for the change: it was launched with what changed. Policies, probes, texts and
    /// groups take effect while it runs, and so do max_memory and the log's limits. A probe that hears what the process says of itself does not:
    /// the process had to be told where at its launch.
    /// </summary>
    public static bool NeedsRestart(ServiceDefinition a, ServiceDefinition b) =>
        Changed(a, b).Any(AtLaunch.Contains) || LaunchLimits(a) != LaunchLimits(b) || a.Logs.Stderr != b.Logs.Stderr
        || (b.UsesNotifySocket && !a.UsesNotifySocket);

    private static LimitsPolicy LaunchLimits(ServiceDefinition definition) => (definition.Limits ?? new LimitsPolicy()) with { MaxMemory = null };
}
