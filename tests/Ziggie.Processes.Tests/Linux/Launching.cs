using System.Diagnostics;
using Xunit;

namespace Ziggie.Processes.Tests.Linux;

/// <summary>A launcher and a folder for one test; ends every process of every run that the test made.</summary>
public abstract class Launching : IDisposable
{
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    protected static readonly IReadOnlyDictionary<string, string> PlainEnvironment =
        new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin" };

    private readonly List<(string RunId, ProcessIdentity? Main)> _runs = [];

    protected Launching(LauncherKind kind = LauncherKind.Auto)
    {
        Folder = Directory.CreateTempSubdirectory($"ziggie-{GetType().Name}-").FullName;
        Kind = kind;
        Launcher = ProcessLauncher.Create(kind);
    }

    protected LauncherKind Kind { get; }

    protected string Folder { get; }

    protected IProcessLauncher Launcher { get; }

    /// <summary>A spec that writes to <see cref="OutputOf"/>'s file.</summary>
    protected ProcessSpec Spec(params IReadOnlyList<string> command)
    {
        var runId = Guid.NewGuid().ToString("N");
        _runs.Add((runId, null));
        var output = Path.Combine(Folder, runId + ".out");
        File.WriteAllText(output, "");
        return new ProcessSpec
        {
            RunId = runId,
            FileName = command[0],
            Arguments = [.. command.Skip(1)],
            WorkingDirectory = Folder,
            Environment = PlainEnvironment,
            StandardOutput = output,
        };
    }

    protected IServiceProcess Start(ProcessSpec spec)
    {
        var result = Launcher.Launch(spec);
        var process = Assert.IsType<LaunchResult.Launched>(result).Process;
        _runs.Add((spec.RunId, process.Identity));
        return process;
    }

    protected IServiceProcess Shell(string script) => Start(Spec("/bin/sh", "-c", script));

    /// <summary>Runs to the end; the status and everything printed.</summary>
    protected async Task<(ExitStatus Exit, string Output)> Run(ProcessSpec spec)
    {
        var exit = await Start(spec).Exited.WaitAsync(Limit);
        return (exit, OutputOf(spec));
    }

    protected static string OutputOf(ProcessSpec spec) => File.ReadAllText(spec.StandardOutput!);

    protected LaunchResult.Failed Refused(ProcessSpec spec) => Assert.IsType<LaunchResult.Failed>(Launcher.Launch(spec));

    /// <summary>Waits until the spec's output holds so many lines that begin with a word, and returns what follows it.</summary>
    protected static async Task<string[]> Printed(ProcessSpec spec, string word, int count = 1)
    {
        string[] Lines() => [.. OutputOf(spec).Split('\n')[..^1].Where(l => l.StartsWith(word, StringComparison.Ordinal)).Select(l => l[word.Length..].Trim())];
        await Until(() => Lines().Length >= count, () => $"'{word}' {count} times in: {OutputOf(spec)}");
        return Lines();
    }

    protected static async Task Until(Func<bool> condition, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Limit, $"Waited in vain for: {what()}");
            await Task.Delay(5);
        }
    }

    /// <summary>Whether the PID is a process that runs, not a zombie.</summary>
    protected static bool Lives(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].StartsWith(" Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>As a stop does: until nothing is left, since a tree may grow while it is looked at.</summary>
    private void EndTree(string runId, ProcessIdentity? main)
    {
        var watch = Stopwatch.StartNew();
        while (Launcher.SignalTree(runId, main, SignalNames.Kill) > 0 && watch.Elapsed < Limit) Thread.Sleep(5);
    }

    /// <summary>After the processes have been ended.</summary>
    protected virtual void End() { }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        foreach (var (runId, main) in _runs) EndTree(runId, main);
        End();
        Launcher.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
