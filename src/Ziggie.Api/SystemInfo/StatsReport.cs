using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Api.Contracts;
using Ziggie.Api.Hosting;
using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.SystemInfo;

/// <summary>Adds up what is used.</summary>
internal static class StatsReport
{
    public static SystemStatsAnswer Make(
        IResourceFeed resources, IServiceFeed feed, ZiggieHome home, TimeProvider time, IReadOnlyList<UsagePointBody> history)
    {
        var picture = resources.Current;
        var host = picture.Host;
        var uptime = MachineClock.SinceBoot;
        var services = feed.Current.Services.Values.ToList();
        var daemon = services.Find(service => service.Pid == Environment.ProcessId);
        var used = services.Where(service => service != daemon).Select(service => picture.Of(service)).OfType<RunUsage>().ToList();
        double? cpu = used.Any(u => u.CpuPercent is not null) ? Math.Round(used.Sum(u => u.CpuPercent ?? 0), 2) : null;
        var own = daemon is null ? null : picture.Of(daemon);
        return new SystemStatsAnswer(
            true, picture.At?.UtcDateTime, resources.Interval?.TotalSeconds,
            new HostBody(
                host.CpuPercent, host.CorePercents, Environment.ProcessorCount, MemoryBody.Of(host),
                host.SwapTotalBytes is { } swap ? new SwapBody(swap, host.SwapUsedBytes) : null, host.Load, host.Processes,
                Math.Round(uptime.TotalSeconds, 3), (time.GetUtcNow() - uptime).UtcDateTime,
                [.. home.Disks().Select(MachineBodies.Of)]),
            new ServiceTotals(
                services.Count, services.Count(s => s.Status is ServiceStatus.Running), services.Count(s => s.Status is ServiceStatus.Failed),
                services.Count(s => s.Status is ServiceStatus.Stopped), cpu, used.Sum(u => u.MemoryBytes)),
            new DaemonUsage(Environment.ProcessId, own?.CpuPercent, own?.MemoryBytes ?? Environment.WorkingSet), history);
    }
}
