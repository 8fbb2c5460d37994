using System.Runtime.InteropServices;
using Ziggie.Api.Handover;

namespace Ziggie.Api.Hosting;

/// <summary>
/// SIGHUP hands over to a new process, unless it is one of those that go to services. SIGTERM and SIGINT: first the services in order, without a time limit of the host's (each has its own), then the host.
/// A second signal changes nothing.
/// </summary>
internal sealed class DaemonLifetime(
    DaemonStatus status, IHostApplicationLifetime application, ShutdownSettings settings, SignalSettings signals, IServiceProvider services, ILogger<DaemonLifetime> logger)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        if (!signals.Forward.Contains(SignalSettings.HangUp))
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins the way down; returns at once. Only the first call does anything.</summary>
    /// <param name="why">For the log.</param>
    /// <param name="keepServices">Null for what the settings say.</param>
    public void RequestStop(string why, bool? keepServices = null)
    {
        if (!status.BeginStopping(why)) return;
        logger.LogInformation("Stopping: {Why}", why);
        ServiceManagerNotice.Stopping();
        var keep = keepServices ?? settings.Services == ServicesAtShutdown.Keep;
        _ = Task.Run(() => StopAllAsync(keep));
    }

    public void Dispose() => _signals.ForEach(s => s.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        // Else the runtime's own handler would end the process.
        context.Cancel = true;
        RequestStop(context.Signal.ToString());
    }

    private void OnHangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        _ = services.GetRequiredService<DaemonControl>().RestartAsync("SIGHUP");
    }

    private async Task StopAllAsync(bool keep)
    {
        try
        {
            foreach (var shutdown in services.GetServices<IDaemonShutdown>()) await shutdown.StopServicesAsync(keep);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Not every service could be stopped; the daemon goes down all the same");
        }
        finally
        {
            application.StopApplication();
        }
    }
}
