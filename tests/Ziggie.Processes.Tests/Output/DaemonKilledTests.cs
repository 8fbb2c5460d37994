using System.Diagnostics;
using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

public sealed class DaemonKilledTests : IDisposable
{
    private readonly OutputHome _home = new();
    private readonly List<Process> _daemons = [];

    public void Dispose()
    {
        foreach (var daemon in _daemons)
        {
            daemon.Kill();
            daemon.Dispose();
        }
        _home.Dispose();
    }

    [Fact]
    public async Task Daemons_killed_one_after_the_other_lose_and_double_no_line_of_a_service_that_writes_on()
    {
        const int lines = 400_000;
        IOutputChannel channel;
        using (var store = _home.Start()) channel = store.Open(OutputHome.Service, new LogLimits());
        // The sleep keeps the FIFO open, as a service does that lives on.
        var service = _home.Shell(channel, $"for ((n = 1; n <= {lines}; n++)); do echo $n; done; exec sleep 1000");

        for (var life = 0; life < 6; life++)
        {
            var daemon = StartDaemon();
            var size = OutputHome.SizeOf(_home.ServiceFolder);
            await OutputHome.EventuallyAsync(() => OutputHome.SizeOf(_home.ServiceFolder) > size + 1_000, "the daemon writes");
            await Task.Delay(Random.Shared.Next(30));
            daemon.Kill();
            await daemon.WaitForExitAsync().WaitAsync(OutputHome.Limit);
        }

        var last = _home.Start();
        last.Open(OutputHome.Service, new LogLimits { MaxSize = 30_000, MaxFiles = 100_000 });
        await OutputHome.EventuallyAsync(() => last.Read(OutputHome.Service, new LogQuery { Lines = 1 }).Entries is [{ Text: "400000" }], "the last line is in the log");
        Assert.Equal(OutputHome.Numbers(1, lines), OutputHome.All(last));
        Assert.Equal(lines, last.Read(OutputHome.Service, new LogQuery()).TotalLines);
        Assert.False(service.HasExited);
    }

    private Process StartDaemon()
    {
        var assembly = typeof(DaemonKilledTests).Assembly.Location;
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { "exec", assembly } };
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment[StartupHook.HomeVariable] = _home.Folder;
        start.Environment[StartupHook.ServiceVariable] = OutputHome.Service;
        var daemon = Process.Start(start)!;
        _daemons.Add(daemon);
        return daemon;
    }
}
