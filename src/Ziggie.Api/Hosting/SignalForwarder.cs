using System.Runtime.InteropServices;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.Processes;

namespace Ziggie.Api.Hosting;

/// <summary>Sends the configured signals, when the daemon gets them, to the main processes of services.</summary>
internal sealed class SignalForwarder(SignalSettings settings, IServiceFeed feed, IServiceControl control, ILogger<SignalForwarder> log)
    : IHostedService, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in settings.Forward)
        {
            // The runtime takes raw numbers too, beside the few that it has names for.
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                _ = ForwardAsync(signal);
            }));
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _registrations.Clear();
    }

    private async Task ForwardAsync(int signal)
    {
        var running = feed.Current.Services.Values.Where(s => s.Status == ServiceStatus.Running && s.Pid != Environment.ProcessId
            && (settings.To.Count == 0 || settings.To.Contains(s.Name))).ToList();
        log.LogInformation("Passing {Signal} on to {Count} services", SignalNames.NameOf(signal), running.Count);
        await Task.WhenAll(running.Select(service => control.SignalAsync(service.Name, signal, wholeTree: false, "signal")));
    }
}
