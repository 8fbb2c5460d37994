using System.Text.Json.Serialization;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Resources;
using Ziggie.Processes;

namespace Ziggie.Api.Contracts;

/// <summary>Who keeps each limit of a whole tree: <c>cgroup</c>, <c>sampling</c>, or <c>nobody</c>.</summary>
/// <param name="MaxMemory">Left out where there is no such limit.</param>
/// <param name="Cpu">The same.</param>
internal sealed record LimitKeepers(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MaxMemory,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cpu)
{
    private const string Kernel = "cgroup", Daemon = "sampling", Nobody = "nobody";

    public static LimitKeepers Of(LauncherCapabilities launcher, IResourceFeed resources) => new(
        launcher.LimitsByCgroup ? Kernel : resources.Interval is null ? Nobody : Daemon, launcher.LimitsProcessor ? Kernel : Nobody);

    /// <summary>Of those that a service has; null for none.</summary>
    public LimitKeepers? For(LimitsPolicy? limits) => limits is { MaxMemory: not null } or { Cpu: not null }
        ? new LimitKeepers(limits.MaxMemory is null ? null : MaxMemory, limits.Cpu is null ? null : Cpu)
        : null;
}
