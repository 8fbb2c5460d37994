using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Actors.Resources;

/// <summary>
/// Measures all services and the machine together, beside the actors: what they use is no part of a service's state and is never stored.
/// </summary>
public sealed class ResourceMonitor : BackgroundService, IResourceFeed
{
    /// <summary>A sample is followed by at least so many times the processor time that it took: at most 0.2 % of a core.</summary>
    private const int RestFactor = 500;

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private readonly IResourceReader _reader;
    private readonly IServiceFeed _feed;
    private readonly ResourceSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<ResourceMonitor> _log;
    private readonly UsageHistory _history;
    private readonly MemoryWatch _memory;
    private readonly GroupWatch _groups;
    private readonly TimeSpan[] _costs = new TimeSpan[2];
    private ResourcePicture _current = ResourcePicture.Empty;
    private long _intervalTicks;

    public ResourceMonitor(
        IResourceReader reader, IProcessLauncher launcher, IServiceFeed feed, IServiceReports reports, ResourceSettings settings,
        TimeProvider time, ILogger<ResourceMonitor> log)
    {
        (_reader, _feed, _settings, _time, _log) = (reader, feed, settings, time, log);
        (_history, _memory, _groups) = (new UsageHistory(settings.Interval), new MemoryWatch(reports), new GroupWatch(launcher));
        _intervalTicks = settings.Interval.Ticks;
    }

    public ResourcePicture Current => Volatile.Read(ref _current);

    public TimeSpan? Interval => _settings.Enabled ? TimeSpan.FromTicks(Interlocked.Read(ref _intervalTicks)) : null;

    public event Action? Sampled;

    public IReadOnlyList<UsagePoint> History(string name, DateTimeOffset since, int points) => _history.Read(name, since, points);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_settings.Enabled) return;
        try
        {
            while (true)
            {
                await Task.Delay(Interval!.Value, _time, stoppingToken);
                Measure();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon stops.
        }
    }

    private void Measure()
    {
        var began = MachineClock.OfThread;
        try
        {
            Sample();
        }
        catch (IOException e)
        {
            _log.LogWarning("Nothing could be measured: {Reason}", e.Message);
        }
        catch (Exception e)
        {
            // A fault in here must not take the daemon along.
            _log.LogError(e, "Nothing could be measured.");
        }
        // The lesser of two: the first sample also loads its code, and any may be hit by a collection of garbage.
        (_costs[0], _costs[1]) = (_costs[1], MachineClock.OfThread - began);
        var rest = (_costs[0] < _costs[1] ? _costs[0] : _costs[1]) * RestFactor;
        var interval = rest > LongestRest ? LongestRest : rest;
        Interlocked.Exchange(ref _intervalTicks, Math.Max(_settings.Interval.Ticks, interval.Ticks));
    }

    private void Sample()
    {
        var snapshot = _feed.Current;
        var sample = _reader.Sample(RunRoots.Of(snapshot));
        var at = _time.GetUtcNow();
        var services = new Dictionary<string, ServiceUsage>(sample.Services.Count);
        foreach (var (name, sampled) in sample.Services)
        {
            var view = snapshot.Services[name];
            var (usage, isKept) = _groups.Look(view, sampled, sample.SinceBoot);
            services[name] = new ServiceUsage(view.Generation, usage);
            if (!isKept && name != DaemonService.Name) _memory.Look(view, usage.MemoryBytes);
        }
        Volatile.Write(ref _current, new ResourcePicture(at, services, sample.Host));
        _history.Add(at, services.Select(s => (s.Key, s.Value.Usage.CpuPercent, s.Value.Usage.MemoryBytes))
            .Concat(Of(sample.Host)));
        Sampled?.Invoke();
    }

    private static IEnumerable<(string Name, double? Cpu, long Memory)> Of(HostUsage host)
    {
        yield return (IResourceFeed.Host, host.CpuPercent, host.MemoryUsedBytes ?? 0);
        if (host.Load is [var load, ..]) yield return (IResourceFeed.HostLoad, load * 100, 0);
        if (host.SwapUsedBytes is { } swap) yield return (IResourceFeed.HostSwap, null, swap);
        for (var core = 0; core < host.CorePercents.Length; core++) yield return (IResourceFeed.HostCore(core), host.CorePercents[core], 0);
    }
}
