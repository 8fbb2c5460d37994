using System.Diagnostics;
using System.Text;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Dummy;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>The daemon's program, started with some arguments on some home.</summary>
internal sealed class Program : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<string?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    /// <param name="home">Its ZIGGIE_HOME.</param>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="environment">Beside what it inherits.</param>
    /// <param name="wrapper">A program, with arguments, that is to start it.</param>
    public Program(string home, string[] arguments, IReadOnlyDictionary<string, string> environment, string[] wrapper)
    {
        string[] command = [.. wrapper, DummyProgram.Host, Path.Combine(AppContext.BaseDirectory, "Ziggie.Api.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(home),
        };
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("ZIGGIE_", StringComparison.Ordinal) || k is "ASPNETCORE_URLS").ToList())
            start.Environment.Remove(key);
        start.Environment["ZIGGIE_HOME"] = home;
        // It does not live for long: what makes code faster later on, and what makes it slower to come by, costs more than it gives.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        foreach (var (key, value) in environment) start.Environment[key] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>Where it listens; fails when it ends instead.</summary>
    public async Task<Uri> ListeningAsync()
    {
        var address = await _address.Task.WaitAsync(Wait.Limit);
        if (address is null) Assert.Fail($"The daemon did not start; it exited with {await ExitAsync()}: {Output}{Errors}");
        return new Uri(address);
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> ExitAsync()
    {
        await Wait.UntilAsync(() => Task.FromResult(_process.HasExited), "the program ends", () => $"{Output}{Errors}");
        // Its last output; a successor that shares the pipes holds them open for longer.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _process.WaitForExitAsync(limit.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        // By the handle of the process: it cannot hit another one.
        _process.Kill();
        _process.WaitForExit(Wait.Limit);
        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        Append(_output, line);
        const string beginning = "Listening on ";
        if (line is null) _address.TrySetResult(null);
        else if (line.StartsWith(beginning, StringComparison.Ordinal)) _address.TrySetResult(line[beginning.Length..]);
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text) text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
