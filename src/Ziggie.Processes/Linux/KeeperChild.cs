using System.Globalization;
using System.Runtime.Versioning;
using System.Text;

namespace Ziggie.Processes.Linux;

/// <summary>The sleeping process of a <see cref="RunKeeper"/>: what it is started with, and how it is recognized.</summary>
[SupportedOSPlatform("linux")]
internal static class KeeperChild
{
    private const string FolderVariable = "ZIGGIE_KEEPER";
    private const string HeldVariable = "ZIGGIE_KEPT_RUNS";

    /// <summary>The first ones of its descriptors are the ends of its <see cref="KeptQueue"/>; those of the runs follow.</summary>
    private const int FirstDescriptor = 3;

    /// <summary>The kernel allows 128 KiB in one variable; runs beyond that go into a second one, and so on.</summary>
    private const int MostInOneVariable = 1_500;

    private static readonly string? Sleep =
        new[] { "/bin/sleep", "/usr/bin/sleep" }.FirstOrDefault(path => Native.KindOf(path) == Native.FileKind.Regular);

    /// <summary>
    /// What it is called in lists of processes. Some systems have one program for many commands that looks at this name to know which of them
    /// it is (BusyBox, uutils): there it can only be called by its own.
    /// </summary>
    private static readonly Lazy<string> Name = new(() => Sleeps("ziggie-keeper") ? "ziggie-keeper" : "sleep");

    /// <param name="Keeper">The process.</param>
    /// <param name="Held">Copies of what it holds.</param>
    /// <param name="IsCopied">Whether these are all; without the right to trace it they are none.</param>
    public sealed record Found(SafePidfd Keeper, List<KeptRun> Held, bool IsCopied);

    /// <summary>The keepers that work for a folder.</summary>
    public static List<Found> Find(string folder)
    {
        List<Found> found = [];
        foreach (var pid in ProcFs.Pids())
        {
            if (ProcFs.NameOf(pid) != "sleep") continue;
            if (SafePidfd.Open(pid, out _) is not { } pidfd) continue;
            if (ProcFs.VariableOf(pid, "ZIGGIE_KEEPER="u8) == folder) found.Add(Read(pid, pidfd));
            else pidfd.Dispose();
        }
        return found;
    }

    /// <summary>
    /// Null when it cannot be started now. Nothing of what it holds may be closed, and nobody may reap children, before the call
    /// returns.
    /// </summary>
    /// <param name="folder">Whose FIFOs it has open.</param>
    /// <param name="queue">What it holds beside.</param>
    /// <param name="runs">What it holds.</param>
    /// <param name="stays">When it ends by itself.</param>
    public static SafePidfd? Start(string folder, KeptQueue queue, List<KeptRun> runs, TimeSpan stays)
    {
        if (Sleep is null || FifosIn(folder) is not { } fifos) return null;
        var first = FirstDescriptor + queue.Ends.Count;
        var names = runs.Select((run, index) => string.Create(CultureInfo.InvariantCulture, $"{first + index}:{run.Describe()}"));
        var spawn = new PosixSpawn
        {
            Program = Sleep,
            Arguments = [Name.Value, Math.Ceiling(stays.TotalSeconds).ToString(CultureInfo.InvariantCulture)],
            Environment =
            [
                $"{FolderVariable}={folder}",
                .. names.Chunk(MostInOneVariable).Select((part, index) => $"{HeldVariable}{index}={string.Join(',', part)}"),
            ],
            Folder = "/",
            Handed = [.. queue.Ends, .. runs.Select(run => run.Pidfd.Use(descriptor => descriptor, closed: -1))],
            Fifos = fifos,
        };
        if (spawn.Start(out var pid) != 0) return null;
        var child = SafePidfd.Open(pid, out _);
        if (child is null)
        {
            // Unreaped yet, so the PID is its own.
            Native.Kill(pid, SignalNames.Kill);
            Native.Wait(Native.WaitForPid, pid, Native.WaitExited, out _);
        }
        return child;
    }

    /// <summary>Ends a keeper that this process started, and reaps it.</summary>
    public static void End(SafePidfd child)
    {
        child.Signal(SignalNames.Kill);
        child.Use(descriptor => Native.Wait(Native.WaitForPidfd, descriptor, Native.WaitExited, out _), closed: 0);
        child.Dispose();
    }

    private static bool Sleeps(string name) =>
        new PosixSpawn { Program = Sleep!, Arguments = [name, "0"], Environment = [], Folder = "/" }.Start(out var pid) == 0
        && Native.Wait(Native.WaitForPid, pid, Native.WaitExited, out var result) == 0 && result.Status.Code == 0;

    private static string[]? FifosIn(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*.out");
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // no file descriptor left to look with, or somebody closed the folder to this user
        }
    }

    private static Found Read(int pid, SafePidfd keeper)
    {
        List<KeptRun> held = [];
        var isCopied = true;
        for (var index = 0; ProcFs.VariableOf(pid, Encoding.UTF8.GetBytes($"{HeldVariable}{index}=")) is { } text; index++)
        {
            foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var colon = entry.IndexOf(':');
                if (colon <= 0 || !int.TryParse(entry.AsSpan(0, colon), CultureInfo.InvariantCulture, out var number)) continue;
                if (SafePidfd.CopyOf(keeper, number) is not { } pidfd) isCopied = false;
                else if (KeptRun.Read(entry[(colon + 1)..], pidfd) is { } run) held.Add(run);
            }
        }
        var receiver = keeper.Use(pidfd => Native.CopyDescriptor(pidfd, FirstDescriptor + 1), closed: -1);
        if (receiver < 0) return new Found(keeper, held, IsCopied: false);
        held.AddRange(KeptQueue.Look(receiver));
        Native.Close(receiver);
        return new Found(keeper, held, isCopied);
    }
}
