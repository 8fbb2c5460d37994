using System.Diagnostics;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>Ends daemons at random moments and in different ways, and starts the next ones.</summary>
internal sealed class SoakKiller(SoakDaemons daemons, SoakDriver driver, SoakReport report)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public async Task RunAsync(Random random, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var down = Stopwatch.GetTimestamp();
            StartOne(random);
            if (random.Next(100) < 35)
            {
                await Task.Delay(random.Next(2000), CancellationToken.None);
                await KillAllAsync("kills while it starts");
            }
            else
            {
                await UntilAnswersAsync();
                report.Count("milliseconds without a daemon", (long)Stopwatch.GetElapsedTime(down).TotalMilliseconds);
                await Task.Delay(random.Next(2000), CancellationToken.None);
                await EndAsync(random);
            }
        }
    }

    /// <summary>Starts one when there is none, and waits until it answers.</summary>
    public async Task UntilAnswersAsync()
    {
        if (daemons.Living().Count == 0) StartOne(null);
        var began = Stopwatch.GetTimestamp();
        while (!await daemons.AnswersAsync())
        {
            if (daemons.Living().Count == 0)
            {
                report.Violate($"A daemon ended instead of starting. Look at its last words:\n{daemons.LastWords()}");
                StartOne(null);
            }
            if (Stopwatch.GetElapsedTime(began) > Limit) throw new TimeoutException($"No daemon answers. Its last words:\n{daemons.LastWords()}");
            await Task.Delay(20);
        }
        driver.Settle();
    }

    public async Task KillAllAsync(string what)
    {
        report.Count(what);
        await GoneAsync(() =>
        {
            foreach (var pid in daemons.Living()) Proc.Signal(pid, Proc.Kill);
        });
    }

    /// <summary>SIGTERM; by default the services end with it.</summary>
    public async Task TerminateAsync()
    {
        driver.Disturb();
        if (daemons.Holder() is { } holder) Proc.Signal(holder, Proc.Terminate);
        await GoneAsync(() => { });
    }

    private void StartOne(Random? random)
    {
        report.Count("daemons started");
        string[] leave = random?.Next(2) == 0 ? ["--Shutdown:Services=keep"] : [];
        daemons.Start(["--RateLimits:Enabled=false", .. leave]);
    }

    private async Task EndAsync(Random random)
    {
        switch (random.Next(100))
        {
            case < 65:
                await KillAllAsync("kills while it works");
                break;
            case < 85:
                await HandOverAsync(random);
                break;
            default:
                report.Count("orderly ends");
                driver.Disturb();
                if (daemons.Holder() is { } holder) Proc.Signal(holder, Proc.Terminate);
                if (random.Next(3) > 0)
                {
                    await GoneAsync(() => { });
                    return;
                }
                await Task.Delay(random.Next(500));
                await KillAllAsync("kills while it ends");
                break;
        }
    }

    /// <summary>A handover that is let through, or during which one of the two, or both, are killed.</summary>
    private async Task HandOverAsync(Random random)
    {
        if (daemons.Holder() is not { } old) return;
        report.Count("handovers begun");
        Proc.Signal(old, Proc.Hangup);
        if (random.Next(2) == 0)
        {
            await Task.Delay(random.Next(3000));
            var living = daemons.Living();
            report.Count("handovers with a kill");
            if (living.Count > 0) Proc.Signal(living[random.Next(living.Count)], Proc.Kill);
        }
        var began = Stopwatch.GetTimestamp();
        // When the new one was killed, the old one stays.
        while (Proc.Lives(old) && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10)) await Task.Delay(20);
        if (!Proc.Lives(old) && daemons.Living().Count > 0)
        {
            await UntilAnswersAsync();
            report.Count("handovers done");
            await Task.Delay(random.Next(1000));
        }
        await KillAllAsync("kills after a handover");
    }

    private async Task GoneAsync(Action again)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            again();
            if (daemons.Living().Count == 0) return;
            if (Stopwatch.GetElapsedTime(began) > Limit)
                throw new TimeoutException($"A daemon does not end: PID {string.Join(", ", daemons.Living())}. Its last words:\n{daemons.LastWords()}");
            await Task.Delay(10);
        }
    }
}
