using System.ComponentModel;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Handover;

/// <summary>The daemon's own end and its restart: a new process of the program on disk takes over, and no service notices.</summary>
internal sealed class DaemonControl(
    DaemonStatus status, DaemonLifetime lifetime, DaemonArguments arguments, ZiggieHome home, IServer server, ILogger<DaemonControl> log)
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);

    /// <summary>So long the answer to the request that asked for it has, to get out.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(200);

    public const string IsStopping = "The daemon is stopping.";

    private int _restarting;
    private Task<string?> _preparing = Task.FromResult<string?>(null);
    private Successor? _successor;

    /// <summary>The PID of the process that is ready to take over; null when there is none.</summary>
    public int? NextPid => _successor?.Pid;

    /// <param name="keepServices">Null for what <c>Shutdown:Services</c> says.</param>
    /// <param name="why">For the log.</param>
    public void Stop(bool? keepServices, string why) => _ = StopSoonAsync(keepServices, why, handsOver: false);

    /// <summary>
    /// Who takes over, now that this daemon lets go of the home. Null when there is nobody, or when this daemon was told to stop before it
    /// could hand over.
    /// </summary>
    public async Task<Successor?> TakeSuccessorAsync()
    {
        await _preparing;
        if (status.HandsOver || _successor is not { } successor) return _successor;
        await successor.EndAsync();
        successor.Dispose();
        return null;
    }

    /// <summary>
    /// Starts the successor and waits until it is ready to take over; this daemon then lets go by itself. Null, or why all stays as it is.
    /// </summary>
    public async Task<string?> RestartAsync(string why)
    {
        if (status.IsStopping) return IsStopping;
        if (Interlocked.Exchange(ref _restarting, 1) != 0) return "A restart is under way already.";
        _preparing = PrepareAsync();
        var refusal = await _preparing;
        if (refusal is null)
        {
            log.LogInformation("Handing over to PID {Pid}: {Why}", _successor!.Pid, why);
            _ = StopSoonAsync(keepServices: true, why, handsOver: true);
        }
        else
        {
            log.LogWarning("No restart ({Why}): {Refusal}", why, refusal);
            Interlocked.Exchange(ref _restarting, 0);
        }
        return refusal;
    }

    private async Task<string?> PrepareAsync()
    {
        // The ports that are really open: --urls may have left the choice to the system.
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses.Where(a => !a.Contains("://unix:")) ?? [];
        try
        {
            var successor = Successor.Start([.. arguments.Settings, $"--urls={string.Join(';', addresses)}"], home.Run);
            var failure = await successor.WaitForAsync(HandoverReport.Ready, ReadyLimit, status.Stopping);
            if (failure is null)
            {
                _successor = successor;
                return null;
            }
            await successor.EndAsync();
            successor.Dispose();
            return status.IsStopping ? IsStopping : $"The new process does not come up, so this one stays. {failure}";
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return $"The program on disk cannot be started, so this one stays. {e.Message}";
        }
    }

    private async Task StopSoonAsync(bool? keepServices, string why, bool handsOver)
    {
        await Task.Delay(LastWord);
        lifetime.RequestStop(why, keepServices, handsOver);
    }
}
