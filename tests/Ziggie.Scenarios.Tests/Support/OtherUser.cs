using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>A test whose daemons are those of a user who is not root and has no other processes. Only root can become that user.</summary>
public abstract class OtherUser : Scenario
{
    private static int _last = 200_000 + (Environment.ProcessId % 100_000) * 10;

    private readonly string _id = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);

    /// <param name="wrapper">What the user starts the daemon with.</param>
    internal async Task<RealDaemon> StartAsync(params string[] wrapper)
    {
        await RunAsync("chown", "-R", $"{_id}:{_id}", Path.GetDirectoryName(Home.Root)!);
        return await Home.StartAsync([.. Become, .. wrapper], []);
    }

    /// <summary>A command of the user's, which has to succeed.</summary>
    protected Task RunAsUserAsync(params string[] command) => RunAsync([.. Become, .. command]);

    private string[] Become => ["setpriv", $"--reuid={_id}", $"--regid={_id}", "--clear-groups"];

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(command[0], command[1..]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
