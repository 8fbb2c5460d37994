using System.Diagnostics.Metrics;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.Api.CommandLine;
using Ziggie.Api.Contracts;
using Ziggie.Api.Live;
using Ziggie.Api.Notifications;
using Ziggie.Processes;

namespace Ziggie.Api.Metrics;

/// <summary>
/// What the live picture says, as gauges that are read when somebody asks. One series for each service and metric, and none for a
/// service that is no more.
/// </summary>
internal sealed class ServiceMeters : IDisposable
{
    public const string Name = "Ziggie.Services";

    private readonly Meter _meter = new(Name);
    private readonly IServiceFeed _feed;

    public ServiceMeters(IServiceFeed feed, Broadcaster sockets, NotificationCounts notifications, IServiceProvider services)
    {
        _feed = feed;
        Gauge("up", "1 while there is a process, else 0.", s => s.Status == ServiceStatus.Running ? 1 : 0);
        Gauge("ready", "1 while the run is ready, else 0.", s => s.Ready ? 1 : 0);
        Gauge("uptime", "Age of the process.", s => s.UptimeAt(MachineClock.SinceBoot)?.TotalSeconds, "s");
        Gauge("last_exit_code", "Exit code of the last process that ended with one.", s => s.LastExit?.Code);
        Counter("starts", "Runs since the service was defined.", s => s.Generation);
        Counter("restarts", "Restarts by the rules since a person last started it.", s => s.Restarts);
        Word("phase", "1 for the phase that the service is in.", s => Words.Of(s.Phase));
        Word("health", "1 for what the service's health is.", s => Words.Of(s.Health));
        if (services.GetService<IServiceResourceUsage>() is { } usage)
        {
            Gauge("cpu_usage", "Processor time in use, of one core, by the whole tree.", s => usage.Of(s.Name)?.CpuRatio);
            Gauge("memory", "Memory of the whole tree.", s => usage.Of(s.Name)?.MemoryBytes, "By");
        }
        _meter.CreateObservableGauge("ziggie.services", Statuses, null, "Services by status.");
        _meter.CreateObservableGauge("ziggie.websocket.clients", () => sockets.Clients, null, "WebSockets that follow the services.");
        if (feed is ServiceFeed live)
            _meter.CreateObservableGauge("ziggie.feed.subscribers", () => live.Subscribers, null, "Readers of the live picture's changes.");
        _meter.CreateObservableCounter("ziggie.notifications.sent", () => notifications.Sent, null, "Notifications that were taken.");
        _meter.CreateObservableCounter(
            "ziggie.notifications.attempts.failed", () => notifications.FailedAttempts, null, "Attempts to notify that failed.");
        _meter.CreateObservableCounter(
            "ziggie.notifications.dropped", () => notifications.Dropped, null, "Notifications that nobody was told.");
        var version = new Measurement<int>(1, new KeyValuePair<string, object?>("version", Usage.Version));
        _meter.CreateObservableGauge("ziggie.build.info", () => version, null, "The version that runs.");
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<ServiceView> Services => _feed.Current.Services.Values;

    private void Gauge(string name, string help, Func<ServiceView, double?> value, string? unit = null) =>
        _meter.CreateObservableGauge($"ziggie.service.{name}", () => Measure(value), unit, help);

    private void Counter(string name, string help, Func<ServiceView, double?> value) =>
        _meter.CreateObservableCounter($"ziggie.service.{name}", () => Measure(value), null, help);

    private IEnumerable<Measurement<double>> Measure(Func<ServiceView, double?> value)
    {
        foreach (var service in Services)
        {
            if (value(service) is { } number)
                yield return new Measurement<double>(number, new KeyValuePair<string, object?>("service", service.Name));
        }
    }

    private void Word(string name, string help, Func<ServiceView, string> word) => _meter.CreateObservableGauge(
        $"ziggie.service.{name}",
        () => Services.Select(s => new Measurement<int>(
            1, new KeyValuePair<string, object?>("service", s.Name), new KeyValuePair<string, object?>(name, word(s)))),
        null, help);

    private IEnumerable<Measurement<int>> Statuses()
    {
        var counts = Services.CountBy(s => s.Status).ToDictionary();
        return Enum.GetValues<ServiceStatus>().Select(status => new Measurement<int>(
            counts.GetValueOrDefault(status), new KeyValuePair<string, object?>("status", Words.Of(status))));
    }
}
