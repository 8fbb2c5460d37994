using System.Buffers;
using System.Diagnostics;
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Unicode;

namespace Ziggie.Processes.Linux;

/// <summary>Reads /proc with plain system calls, since a pass goes over every process of the machine.</summary>
[SupportedOSPlatform("linux")]
internal static class ProcFs
{
    private const int LongestStat = 1024;
    private const int LongestEnvironment = 4 * 1024 * 1024;

    /// <summary>More than an exec takes on a machine on which dozens wait for a processor; one may hang for ever on a file system that does not answer.</summary>
    private static readonly TimeSpan ExecLimit = TimeSpan.FromSeconds(1);

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>This boot of the machine.</summary>
    public static string BootId { get; } = ReadBootId();

    /// <summary>Null when there is no such process.</summary>
    /// <exception cref="IOException">File descriptors or memory ran out: nothing is known about the process.</exception>
    public static unsafe ProcStat? Stat(int pid)
    {
        var buffer = stackalloc byte[LongestStat];
        var length = ReadOnce(pid, "stat"u8, buffer, LongestStat);
        return length > 0 && ProcStat.TryParse(new ReadOnlySpan<byte>(buffer, length), out var stat) ? stat : null;
    }

    /// <summary>Every process in the order of /proc, zombies included.</summary>
    /// <param name="known">Spares the look at processes of which enough is known; null for the rest.</param>
    /// <exception cref="IOException">File descriptors or memory ran out: an empty answer would be a lie.</exception>
    public static ProcStat[] All(Func<int, ProcStat?>? known = null)
    {
        var table = new List<ProcStat>(512);
        foreach (var pid in Pids())
        {
            if ((known?.Invoke(pid) ?? Stat(pid)) is { } stat) table.Add(stat);
        }
        return [.. table];
    }

    /// <summary>The id of the run in whose environment a process was started; null without one or without permission to look.</summary>
    public static string? RunIdOf(int pid) => VariableOf(pid, "ZIGGIE_RUN_ID="u8);

    /// <summary>A variable of the environment in which a process was started; null without it or without permission to look.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="prefix">The name and the equals sign.</param>
    public static string? VariableOf(int pid, ReadOnlySpan<byte> prefix)
    {
        long? began = null;
        while (true)
        {
            var value = ReadVariable(pid, prefix, out var isEmpty);
            if (!isEmpty || !IsInExec(pid)) return value;
            if (Stopwatch.GetElapsedTime(began ??= Stopwatch.GetTimestamp()) > ExecLimit) return value;
            Thread.Yield();
        }
    }

    /// <summary>
    /// Whether a process whose environment was found empty must be looked at again. While it becomes another program, the old environment
    /// is gone and the new one is not there yet; and one that was opened before that is empty when it is read after it.
    /// </summary>
    private static bool IsInExec(int pid) =>
        Stat(pid) is { IsZombie: false, IsExiting: false, IsKernelThread: false } stat && (stat.DataEnd == 0 || stat.EnvironmentEnd > stat.EnvironmentStart);

    private static unsafe string? ReadVariable(int pid, ReadOnlySpan<byte> prefix, out bool isEmpty)
    {
        var size = 16 * 1024;
        while (true)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                int length;
                fixed (byte* start = buffer) length = ReadToEnd(pid, "environ"u8, start, buffer.Length);
                isEmpty = length == 0;
                if (length < buffer.Length || size >= LongestEnvironment) return FindVariable(buffer.AsSpan(0, Math.Max(length, 0)), prefix);
                size = buffer.Length * 4;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Finds the value of ZIGGIE_RUN_ID in a block of NUL-ended NAME=value entries.</summary>
    public static string? FindRunId(ReadOnlySpan<byte> environment) => FindVariable(environment, "ZIGGIE_RUN_ID="u8);

    private static string? FindVariable(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> name)
    {
        while (!environment.IsEmpty)
        {
            var end = environment.IndexOf((byte)0);
            var entry = end < 0 ? environment : environment[..end];
            if (entry.StartsWith(name)) return Encoding.UTF8.GetString(entry[name.Length..]);
            environment = end < 0 ? default : environment[(end + 1)..];
        }
        return null;
    }

    /// <summary>A process's short name, as ps shows it; null when it is gone.</summary>
    public static unsafe string? NameOf(int pid)
    {
        var buffer = stackalloc byte[64];
        var length = ReadOnce(pid, "comm"u8, buffer, 64);
        return length > 0 ? Encoding.UTF8.GetString(buffer, length).TrimEnd('\n') : null;
    }

    /// <summary>The real user of a process, alive or a zombie; null when it is gone.</summary>
    public static unsafe uint? OwnerOf(int pid)
    {
        var buffer = stackalloc byte[LongestStat];
        var length = ReadOnce(pid, "status"u8, buffer, LongestStat);
        if (length <= 0) return null;
        var text = new ReadOnlySpan<byte>(buffer, length);
        var at = text.IndexOf("\nUid:\t"u8);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(text[(at + 6)..], out uint user, out _) ? user : null;
    }

    public static IEnumerable<int> Pids() => new FileSystemEnumerable<int>("/proc", Number, Everything)
    {
        ShouldIncludePredicate = static (ref entry) => entry.FileName is [>= '1' and <= '9', ..],
    };

    /// <summary>The child that a thread of this process has started last, of those that are there; null without any.</summary>
    /// <param name="thread">The kernel's number of the thread.</param>
    /// <exception cref="IOException">File descriptors or memory ran out.</exception>
    /// <remarks>The kernel lists them in the order of their birth; orphans go to the first thread of a process.</remarks>
    public static unsafe int? LastChildOf(int thread)
    {
        Span<byte> file = stackalloc byte[32];
        Utf8.TryWrite(file, $"task/{thread}/children", out var written);
        var descriptor = OpenFile(Environment.ProcessId, file[..written]);
        if (descriptor < 0) return null;
        var buffer = stackalloc byte[LongestStat];
        int? last = null;
        var number = 0;
        while ((int)Native.Read(descriptor, buffer, LongestStat) is > 0 and var length)
        {
            foreach (var character in new ReadOnlySpan<byte>(buffer, length))
            {
                if (character is >= (byte)'0' and <= (byte)'9') number = number * 10 + (character - '0');
                else if (number > 0) (last, number) = (number, 0);
            }
        }
        Native.Close(descriptor);
        return last;
    }

    private static int Number(ref FileSystemEntry entry) => int.TryParse(entry.FileName, out var pid) ? pid : 0;

    private static unsafe int ReadOnce(int pid, ReadOnlySpan<byte> file, byte* buffer, int capacity)
    {
        var descriptor = OpenFile(pid, file);
        if (descriptor < 0) return -1;
        var length = (int)Native.Read(descriptor, buffer, capacity);
        Native.Close(descriptor);
        return length;
    }

    private static unsafe int ReadToEnd(int pid, ReadOnlySpan<byte> file, byte* buffer, int capacity)
    {
        var descriptor = OpenFile(pid, file);
        if (descriptor < 0) return -1;
        var total = 0;
        while (total < capacity)
        {
            var length = (int)Native.Read(descriptor, buffer + total, capacity - total);
            if (length <= 0) break;
            total += length;
        }
        Native.Close(descriptor);
        return total;
    }

    private static unsafe int OpenFile(int pid, ReadOnlySpan<byte> file)
    {
        Span<byte> path = stackalloc byte[48];
        "/proc/"u8.CopyTo(path);
        pid.TryFormat(path[6..], out var digits);
        path[6 + digits] = (byte)'/';
        file.CopyTo(path[(7 + digits)..]);
        path[7 + digits + file.Length] = 0;
        fixed (byte* start = path)
        {
            var descriptor = Native.Open(start, Native.OpenReadOnly | Native.OpenCloseOnExec);
            if (descriptor >= 0) return descriptor;
        }
        var error = Marshal.GetLastPInvokeError();
        return Native.IsShortage(error)
            ? throw new IOException($"/proc cannot be read: {Marshal.GetPInvokeErrorMessage(error)}")
            : -1;
    }

    private static string ReadBootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
