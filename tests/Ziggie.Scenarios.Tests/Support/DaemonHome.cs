using Ziggie.Api.Tests.Support;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>A home, the daemons that are started on it one after the other, and everything that they start. Nothing of it outlives this.</summary>
public sealed class DaemonHome : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<Program> _programs = [];

    public DaemonHome() => Directory.CreateDirectory(Root);

    /// <summary>The ZIGGIE_HOME.</summary>
    public string Root => In("home");

    /// <summary>A path beside the home, for what a test's services need.</summary>
    public string In(string name) => Path.Combine(_folder.Path, name);

    /// <summary>All processes that come from here: daemons, services, and what these have left behind.</summary>
    public IReadOnlyList<int> Processes() => Proc.Of(_folder.Path);

    /// <summary>A daemon that listens, without rate limits unless the settings say otherwise.</summary>
    internal Task<RealDaemon> StartAsync(params string[] settings) => StartAsync([], settings);

    internal Task<RealDaemon> StartAsync(string[] wrapper, string[] settings) =>
        RealDaemon.StartAsync(Run(["--urls", "http://127.0.0.1:0", "--RateLimits:Enabled=false", .. settings], wrapper), Root);

    /// <summary>The program with any arguments.</summary>
    internal Program Run(string[] arguments, string[]? wrapper = null)
    {
        var environment = new Dictionary<string, string> { ["ZIGGIE_ADMIN_PASSWORD"] = Daemon.AdminPassword };
        var program = new Program(Root, arguments, environment, wrapper ?? []);
        _programs.Add(program);
        return program;
    }

    public async ValueTask DisposeAsync()
    {
        _programs.ForEach(program => program.Dispose());
        await Wait.UntilAsync(() =>
        {
            var left = Processes();
            foreach (var pid in left) Proc.Signal(pid, Proc.Kill);
            return left.Count == 0;
        }, "every process of the test is gone");
        _folder.Dispose();
    }
}
