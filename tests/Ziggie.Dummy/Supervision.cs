using System.Runtime.InteropServices;
using Ziggie.Processes;

namespace Ziggie.Dummy;

/// <summary>
/// The smallest daemon: runs shell scripts as services, prints "launched", and "ended INDEX STATUS" for each that ends. On SIGTERM it ends
/// them all, prints "stopped" and goes on with the next verb.
/// </summary>
internal static class Supervision
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    public static void Run(IEnumerable<string> scripts)
    {
        using var stop = new ManualResetEventSlim();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Set();
        });
        using var launcher = ProcessLauncher.Create();
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin" };
        var services = scripts.Select((script, index) =>
        {
            var spec = new ProcessSpec { RunId = $"run-{index}", FileName = "/bin/sh", Arguments = ["-c", script], Environment = environment };
            var process = ((LaunchResult.Launched)launcher.Launch(spec)).Process;
            return (Process: process, Told: TellAsync(index, process));
        }).ToList();
        Output.Line("launched");
        stop.Wait();
        foreach (var (process, _) in services) End(launcher, process);
        Task.WaitAll([.. services.Select(service => service.Told)], StopLimit);
        Output.Line("stopped");
    }

    private static async Task TellAsync(int index, IServiceProcess process)
    {
        var exit = await process.Exited;
        lock (Output.Gate) Output.Line($"ended {index} {exit}");
    }

    private static void End(IProcessLauncher launcher, IServiceProcess process)
    {
        launcher.SignalTree(process.RunId, process.Identity, SignalNames.Terminate);
        SpinWait.SpinUntil(() => launcher.FindTree(process.RunId, process.Identity).Count == 0, StopLimit);
    }
}
