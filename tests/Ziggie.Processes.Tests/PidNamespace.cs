using System.Diagnostics;
using System.Globalization;
using Xunit;
using Ziggie.Dummy;

namespace Ziggie.Processes.Tests;

/// <summary>A PID namespace as a container has one, with <c>Ziggie.Dummy</c> as its PID 1. Disposing it leaves nothing of it. Needs root.</summary>
internal sealed class PidNamespace : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _unshare;
    private readonly List<string> _lines = [];

    private PidNamespace(Process unshare, int init)
    {
        _unshare = unshare;
        Init = init;
    }

    /// <summary>The PID of the namespace's PID 1, as seen from here.</summary>
    public int Init { get; }

    public string[] Lines { get { lock (_lines) return [.. _lines]; } }

    public static async Task<PidNamespace> StartAsync(params string[] verbs)
    {
        var start = new ProcessStartInfo("unshare") { RedirectStandardOutput = true };
        // Should this process be killed, so is the namespace.
        foreach (var word in (string[])["--pid", "--fork", "--kill-child", "--mount-proc", .. DummyProgram.Command(verbs)]) start.ArgumentList.Add(word);
        var unshare = Process.Start(start)!;
        var init = 0;
        await UntilAsync(() => int.TryParse(Read($"/proc/{unshare.Id}/task/{unshare.Id}/children"), out init), () => "a PID 1");
        var space = new PidNamespace(unshare, init);
        unshare.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text) lock (space._lines) space._lines.Add(text);
        };
        unshare.BeginOutputReadLine();
        return space;
    }

    /// <summary>Runs a shell command inside, whose parent is not of the namespace.</summary>
    public void Enter(string script)
    {
        using var nsenter = Process.Start("nsenter", ["--target", Init.ToString(CultureInfo.InvariantCulture), "--pid", "sh", "-c", script]);
        nsenter.WaitForExit();
    }

    /// <summary>PID 1 and all that descends from it or was left to it, zombies included, as "PID state command".</summary>
    public List<string> Members()
    {
        var table = Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(folder => Read($"{folder}/stat")).OfType<string>().ToLookup(ParentOf);
        List<string> members = [.. table.SelectMany(stats => stats).Where(stat => PidOf(stat) == Init)];
        for (var next = 0; next < members.Count; next++) members.AddRange(table[PidOf(members[next])]);
        return members.ConvertAll(stat => $"{PidOf(stat)} {stat[stat.LastIndexOf(')') + 2]} {stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')]}");
    }

    /// <summary>Those of some members, as they were once listed, that are still there.</summary>
    public static List<string> Left(List<string> members) => [.. members.Where(member => Directory.Exists($"/proc/{member.Split(' ')[0]}"))];

    public async Task PrintedAsync(string line) =>
        await UntilAsync(() => Lines.Contains(line), () => $"'{line}' in: {string.Join(" | ", Lines)}");

    /// <summary>Sends PID 1 a signal.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, Init.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The exit code of PID 1; 1 when a signal ended it.</summary>
    public async Task<int> EndAsync()
    {
        await _unshare.WaitForExitAsync().WaitAsync(Limit);
        return _unshare.ExitCode;
    }

    public static async Task UntilAsync(Func<bool> condition, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Limit, $"Waited in vain for: {what()}");
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        if (!_unshare.HasExited) _unshare.Kill();
        _unshare.WaitForExit();
        _unshare.Dispose();
    }

    private static int PidOf(string stat) => int.Parse(stat[..stat.IndexOf(' ')], CultureInfo.InvariantCulture);

    private static int ParentOf(string stat) => int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
