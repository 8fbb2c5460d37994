using System.Diagnostics;
using System.Globalization;
using Ziggie.Api.Tests.Support;
using Ziggie.Dummy;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>The daemons of one home, whoever started them: this test, or a predecessor that handed over.</summary>
internal sealed class SoakDaemons(string home, string output) : Daemon
{
    private readonly List<Process> _started = [];
    private ApiClient? _client;

    public override Uri Address => throw new NotSupportedException("The soak speaks through the socket.");

    public override string Home => home;

    /// <summary>Does not wait for anything.</summary>
    public void Start(params string[] settings)
    {
        string[] command = [DummyProgram.Host, Path.Combine(AppContext.BaseDirectory, "Ziggie.Api.dll"), "--urls", "http://127.0.0.1:0", .. settings];
        // Into a file: a successor inherits it, and nobody waits for the end of a pipe.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "out=$1; shift; exec \"$@\" >> \"$out\" 2>&1 < /dev/null", "sh", output, .. command]);
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("ZIGGIE_", StringComparison.Ordinal) || k is "ASPNETCORE_URLS").ToList())
            start.Environment.Remove(key);
        start.Environment["ZIGGIE_HOME"] = home;
        start.Environment["ZIGGIE_ADMIN_PASSWORD"] = AdminPassword;
        start.WorkingDirectory = Path.GetDirectoryName(home)!;
        _started.Add(Process.Start(start)!);
    }

    /// <summary>All that live, successors that still wait included, and those that are becoming their program and show no command line meanwhile.</summary>
    public IReadOnlyList<int> Living() =>
        [.. Proc.Of(Path.GetDirectoryName(home)!).Where(IsDaemon).Union(_started.Where(p => !p.HasExited).Select(p => p.Id)).Where(Proc.Lives)];

    /// <summary>The one that has the home; null when there is none.</summary>
    public int? Holder()
    {
        try
        {
            var pid = int.Parse(File.ReadAllText(Path.Combine(home, "run", "daemon.pid")), CultureInfo.InvariantCulture);
            return IsDaemon(pid) && Proc.Lives(pid) ? pid : null;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether one answers for its services.</summary>
    public async Task<bool> AnswersAsync()
    {
        try
        {
            _client ??= Local();
            return (await _client.GetAsync("/health/ready").WaitAsync(TimeSpan.FromSeconds(5))).Status == 200;
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>The latest ones that were started here and how they ended, then what daemons last said.</summary>
    public string LastWords()
    {
        var ends = _started.TakeLast(3).Select(p => $"PID {p.Id} {(p.HasExited ? $"ended at {p.ExitTime:HH:mm:ss.fff} with exit code {p.ExitCode}" : "runs")}");
        return string.Join('\n', [$"At {DateTime.Now:HH:mm:ss.fff}:", .. ends, .. File.Exists(output) ? File.ReadLines(output).TakeLast(15) : []]);
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            process.Kill();
            process.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>A child that is not its program yet has the daemon's command line, and a session of its own.</summary>
    private static bool IsDaemon(int pid) => Proc.CommandLineOf(pid).Contains("Ziggie.Api.dll", StringComparison.Ordinal) && Proc.SessionOf(pid) != pid;
}
