using System.Diagnostics;
using System.Text;
using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

/// <summary>A home of its own for one test: folders, stores on them, and writers into their FIFOs.</summary>
public sealed class OutputHome : IDisposable
{
    public const string Service = "api";

    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly List<IDisposable> _disposables = [];

    private readonly bool _isOwn;
    private readonly LauncherKind _kind;

    /// <param name="folder">An existing folder that is not the home's to delete; null for one of its own.</param>
    /// <param name="kind">The launcher whose way of output it has.</param>
    public OutputHome(string? folder = null, LauncherKind kind = LauncherKind.Linux)
    {
        _kind = kind;
        _isOwn = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("ziggie-output-").FullName;
    }

    public string Folder { get; }

    public string RunFolder => Path.Combine(Folder, "run");

    public string LogFolder => Path.Combine(Folder, "logs");

    public string ServiceFolder => Path.Combine(LogFolder, Service);

    /// <summary>The file that is written now.</summary>
    public string CurrentFile => Directory.GetFiles(ServiceFolder, "*.log").Where(file => !file.EndsWith("current.log")).Max()!;

    public List<string> Reports { get; } = [];

    internal static OutputTuning Quick { get; } = new()
    {
        CompressAfter = TimeSpan.Zero,
        RetryAfter = TimeSpan.FromMilliseconds(50),
        CheckEvery = TimeSpan.Zero,
    };

    public OutputStore Start(TimeProvider? clock = null) => Track(new OutputStore(RunFolder, LogFolder, clock ?? TimeProvider.System, Report, Quick, _kind));

    /// <summary>A writer as a service is one: the FIFO open for reading and writing.</summary>
    public FileStream OpenWriter(IOutputChannel channel) =>
        Track(new FileStream(channel.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0));

    /// <summary>Prints a text into the channel, waits until it is in the log, and until the pump has seen that the writer is gone.</summary>
    public async Task PrintAsync(IOutputChannel channel, string text) => await PrintAsync(channel, Encoding.UTF8.GetBytes(text));

    public async Task PrintAsync(IOutputChannel channel, byte[] bytes)
    {
        if (channel.Inlet is { } inlet)
        {
            inlet.Write(bytes);
            return;
        }
        await using (var writer = new FileStream(channel.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0))
        {
            await Task.Run(() => writer.Write(bytes)).WaitAsync(Limit);
            await channel.DrainAsync(default).WaitAsync(Limit);
        }
        // The first of these may be answered in the round before the pump hears of the writer's end, the second may not.
        await channel.DrainAsync(default).WaitAsync(Limit);
        await channel.DrainAsync(default).WaitAsync(Limit);
    }

    /// <summary>Runs a shell whose output goes into the channel.</summary>
    public Process Shell(IOutputChannel channel, string script)
    {
        var start = new ProcessStartInfo("/bin/bash") { ArgumentList = { "-c", $"exec 1<>'{channel.Path}'; {script}" } };
        return Track(Process.Start(start)!);
    }

    /// <summary>Runs a shell as a service is run, until its end, with all that it printed in the log.</summary>
    public async Task<ExitStatus> RunAsync(string script, IOutputChannel channel, IOutputChannel? errors = null)
    {
        using var launcher = ProcessLauncher.Create(_kind, subreaper: false);
        var result = launcher.Launch(new ProcessSpec
        {
            RunId = Guid.NewGuid().ToString("N"),
            FileName = "/bin/sh",
            Arguments = ["-c", script],
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            StandardOutput = channel.Path,
            StandardError = errors?.Path,
            OutputInlet = channel.Inlet,
            ErrorInlet = errors?.Inlet,
        });
        using var process = Assert.IsType<LaunchResult.Launched>(result).Process;
        var exit = await process.Exited.WaitAsync(Limit);
        await channel.DrainAsync(default).WaitAsync(Limit);
        if (errors is not null) await errors.DrainAsync(default).WaitAsync(Limit);
        return exit;
    }

    public static async Task EventuallyAsync(Func<bool> isTrue, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!isTrue())
        {
            Assert.True(clock.Elapsed < Limit, $"Not within {Limit.TotalSeconds} s: {what}");
            await Task.Delay(10);
        }
    }

    public static string[] All(OutputStore store, string service = Service) =>
        [.. store.Read(service, new LogQuery { Lines = int.MaxValue }).Entries.Select(entry => entry.Text)];

    /// <summary>Bytes in the files of a folder, which may come and go meanwhile.</summary>
    public static long SizeOf(string folder) => Directory.GetFiles(folder).Sum(file =>
    {
        try
        {
            return new FileInfo(file).Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    });

    public static string[] Numbers(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(n => n.ToString())];

    public void Dispose()
    {
        foreach (var disposable in _disposables.AsEnumerable().Reverse())
        {
            if (disposable is Process { HasExited: false } process) process.Kill();
            disposable.Dispose();
        }
        foreach (var folder in Directory.GetDirectories(Folder)) Directory.Delete(folder, recursive: true);
        if (_isOwn) Directory.Delete(Folder, recursive: true);
    }

    private void Report(string service, string message)
    {
        lock (Reports) Reports.Add($"{service}: {message}");
    }

    private T Track<T>(T disposable) where T : IDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }
}
