using System.Globalization;
using System.Runtime.Versioning;
using Ziggie.Processes.Output.Linux;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Gets hold of a child before it can end. As PID 1 the runtime reaps every child at once, whose ever it is; one that ended before its pidfd
/// was opened would be gone without a trace, and its number perhaps another's. So there a child first waits at a FIFO, before it
/// becomes the program, until it is held. Its PID is not known by then, but the thread that waits for it has no other child.
/// What must be done to a child before it becomes the program is done there, too.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class BirthGate
{
    private const int Mode = 0b110_000_000;

    private static readonly Lock Turn = new();
    private static readonly Lazy<int> Fifo = new(MakeFifo);

    /// <summary>Whether children have to go through it, and can.</summary>
    public static bool IsNeeded => Environment.ProcessId == 1 && IsThere;

    /// <summary>Why children cannot go through it, when they cannot.</summary>
    public const string WhyMissing =
        "the kernel does not list a thread's children (CONFIG_PROC_CHILDREN), or there is no room for a pipe.";

    /// <summary>Whether children can go through it.</summary>
    public static bool IsThere => Fifo.Value >= 0;

    /// <summary>Starts a child, which is held from before it ends.</summary>
    /// <param name="start">Makes the call with this path as the gate; returns its error. Runs on a thread of its own.</param>
    /// <param name="prepare">Does something to the child while it waits, before it becomes the program.</param>
    public static (int Error, Birth? Birth) Pass(Func<string, int> start, Action<Birth>? prepare = null)
    {
        lock (Turn)
        {
            using var begun = new ManualResetEventSlim();
            var (error, thread, path) = (0, 0, $"/proc/self/fd/{Fifo.Value}");
            var parent = new Thread(() =>
            {
                thread = Native.CurrentThread();
                begun.Set();
                error = start(path);
            });
            parent.Start();
            begun.Wait();
            var birth = Await(parent, thread);
            try
            {
                if (birth is not null) prepare?.Invoke(birth);
            }
            finally
            {
                var key = Open(path);
                parent.Join();
                Native.Close(key);
            }
            if (error == 0) return (0, birth);
            birth?.Pidfd?.Dispose();
            return (error, null);
        }
    }

    /// <summary>Waits until the thread has its child; null when the call failed before there was one.</summary>
    private static Birth? Await(Thread parent, int thread)
    {
        var spin = new SpinWait();
        while (parent.IsAlive)
        {
            if (ChildOf(thread) is { } pid) return new Birth(pid, SafePidfd.Open(pid, out var error), error, StatOf(pid));
            spin.SpinOnce();
        }
        return null;
    }

    private static int? ChildOf(int thread)
    {
        try
        {
            var children = File.ReadAllText(ChildrenFile(thread));
            return int.TryParse(children.AsSpan().Trim(), CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null; // the thread has ended, or descriptors are short just now
        }
    }

    private static ProcStat? StatOf(int pid)
    {
        try
        {
            return ProcFs.Stat(pid);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Opens the gate, which takes a descriptor; without one the child would wait for ever, so this does not give up.</summary>
    private static unsafe int Open(string path)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(path + "\0");
        while (true)
        {
            fixed (byte* start = bytes)
            {
                var key = Native.Open(start, Native.OpenReadWrite | Native.OpenCloseOnExec);
                if (key >= 0) return key;
            }
            Thread.Sleep(1);
        }
    }

    /// <summary>A FIFO without a name; -1 where there is no room for one or the kernel does not list a thread's children.</summary>
    private static unsafe int MakeFifo()
    {
        if (!File.Exists(ChildrenFile(Native.CurrentThread()))) return -1;
        var path = Path.Combine(Path.GetTempPath(), $"ziggie-gate-{Guid.NewGuid():N}");
        if (OutputNative.MakeFifo(path, Mode) != 0) return -1;
        fixed (byte* start = System.Text.Encoding.UTF8.GetBytes(path + "\0"))
        {
            var descriptor = Native.Open(start, Native.OpenPathOnly | Native.OpenCloseOnExec);
            File.Delete(path);
            return descriptor;
        }
    }

    private static string ChildrenFile(int thread) => string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/children");

    /// <summary>A child at the gate.</summary>
    /// <param name="Pid">Its PID.</param>
    /// <param name="Pidfd">Null when it cannot be held, because of <paramref name="Error"/>.</param>
    /// <param name="Stat">Null when descriptors are short.</param>
    public sealed record Birth(int Pid, SafePidfd? Pidfd, int Error, ProcStat? Stat);
}
