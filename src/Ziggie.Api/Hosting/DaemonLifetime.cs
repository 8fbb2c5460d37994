using System.Runtime.InteropServices;
using Ziggie.Api.Handover;

namespace Ziggie.Api.Hosting;

/// <summary>
/// SIGHUP hands over to a new process, unless it is one of those that go to services. When this process is told to stop: first the services
/// in order, without a time limit of the host's (each has its own), then the host. A second time changes nothing.
/// </summary>
internal sealed class DaemonLifetime(
    DaemonStatus status, StopRequest stop, IHostApplicationLifetime application, ShutdownSettings settings, SignalSettings signals, IServiceProvider services,
    ILogger<DaemonLifetime> logger)
    : IHostLifetime, IDisposable
{
    /// <summary>A start that hangs must not keep the daemon from being stopped.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private CancellationTokenRegistration _stop;
    private PosixSignalRegistration? _hangUp;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        if (!signals.Forward.Contains(SignalSettings.HangUp)) _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp);
        _stop = stop.Asked.Register(() => RequestStop(stop.Why!));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins the way down; returns at once. Only the first call does anything, and is answered with true.</summary>
    /// <param name="why">For the log.</param>
    /// <param name="keepServices">Null for what the settings say.</param>
    /// <param name="handsOver">Whether another daemon takes over.</param>
    public bool RequestStop(string why, bool? keepServices = null, bool handsOver = false)
    {
        if (!status.BeginStopping(why, handsOver))
        {
            // What this daemon only lets go of, the one that takes over has to stop.
            if (status.HandsOver) stop.Ask(why);
            return false;
        }
        logger.LogInformation("Stopping: {Why}", why);
        ServiceManagerNotice.Stopping();
        var keep = keepServices ?? settings.Services == ServicesAtShutdown.Keep;
        _ = Task.Run(() => StopAllAsync(keep));
        return true;
    }

    public void Dispose()
    {
        _hangUp?.Dispose();
        _stop.Dispose();
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
            if (await HasStartedAsync())
                foreach (var shutdown in services.GetServices<IDaemonShutdown>()) await shutdown.StopServicesAsync(keep);
            else
                logger.LogError("The daemon has not come up within {Limit} s, so services are left as they are", StartLimit.TotalSeconds);
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

    /// <summary>Services can be stopped when all of them are known.</summary>
    private async Task<bool> HasStartedAsync()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = application.ApplicationStarted.Register(started.SetResult);
        return await Task.WhenAny(started.Task, Task.Delay(StartLimit)) == started.Task;
    }
}
