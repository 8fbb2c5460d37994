using System.Diagnostics;

namespace Ziggie.Api.Handover;

/// <summary>
/// The process that is to take over, as the one that hands over sees it: a new process of the program on disk, with the same
/// settings. What it has to say comes through a file in the home, line by line.
/// </summary>
internal sealed class Successor : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly string _report;

    private Successor(Process process, string report) => (_process, _report) = (process, report);

    public int Pid => _process.Id;

    /// <param name="arguments">Settings as on the command line.</param>
    /// <param name="reportFolder">Where the file goes.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program on disk cannot be started.</exception>
    public static Successor Start(IReadOnlyList<string> arguments, string reportFolder)
    {
        var report = Path.Combine(reportFolder, $"handover-{Guid.NewGuid():N}");
        File.WriteAllText(report, "");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        // Under the dotnet host the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment[HandoverReport.Variable] = report;
        try
        {
            return new Successor(Process.Start(start)!, report);
        }
        catch
        {
            File.Delete(report);
            throw;
        }
    }

    /// <summary>Waits for a word of the successor's; null when it came, else why it did not.</summary>
    public async Task<string?> WaitForAsync(string word, TimeSpan limit, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var hasExited = _process.HasExited;
            var lines = ReadReport();
            if (lines.Contains(word)) return null;
            if (lines.FirstOrDefault(l => l.StartsWith(HandoverReport.Failed, StringComparison.Ordinal)) is { } failed)
                return failed[HandoverReport.Failed.Length..];
            if (hasExited) return $"It ended with exit code {_process.ExitCode} before it was {word}. What it had to say is on the daemon's standard error.";
            if (cancellation.IsCancellationRequested) return DaemonControl.IsStopping;
            if (Stopwatch.GetElapsedTime(began) > limit) return $"It was not {word} within {limit.TotalSeconds:0} s.";
            await Task.Delay(Poll, CancellationToken.None);
        }
    }

    /// <summary>Ends it; the services are no part of it.</summary>
    public async Task EndAsync()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // gone by itself
        }
        await _process.WaitForExitAsync();
    }

    /// <summary>Has it stop its services, then itself, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsLinux()) _ = ProcessSignal.Send(_process.Id, Terminate);
        else _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Dispose();
        File.Delete(_report);
    }

    private string[] ReadReport()
    {
        try
        {
            return File.ReadAllLines(_report);
        }
        catch (IOException)
        {
            return []; // being written
        }
    }
}
