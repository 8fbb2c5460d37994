using System.Buffers.Text;

namespace Ziggie.Processes.Resources;

/// <summary>Reads the texts in which the kernel tells of the whole machine.</summary>
internal static class ProcText
{
    /// <summary>The kilobytes after a key of /proc/meminfo, as bytes; null when it is not there.</summary>
    public static long? Meminfo(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        while (!text.IsEmpty)
        {
            var line = NextLine(ref text);
            if (!line.StartsWith(key) || line.Length <= key.Length || line[key.Length] != ':') continue;
            return Utf8Parser.TryParse(line[(key.Length + 1)..].TrimStart((byte)' '), out long kilobytes, out _) ? kilobytes * 1024 : null;
        }
        return null;
    }

    /// <summary>
    /// The lines of /proc/stat that begin with "cpu", the whole machine first: ticks that were spent, and those of them that were not idle.
    /// </summary>
    public static void Cpus(ReadOnlySpan<byte> text, List<(long Total, long Busy)> cpus)
    {
        cpus.Clear();
        while (text.StartsWith("cpu"u8))
        {
            var line = NextLine(ref text);
            long total = 0, idle = 0;
            var rest = line[Math.Max(0, line.IndexOf((byte)' '))..];
            // user nice system idle iowait irq softirq steal; guest time, which follows, is in user already.
            for (var column = 0; column < 8 && !rest.IsEmpty; column++)
            {
                rest = rest.TrimStart((byte)' ');
                if (!Utf8Parser.TryParse(rest, out long ticks, out var used)) break;
                rest = rest[used..];
                total += ticks;
                if (column is 3 or 4) idle += ticks;
            }
            cpus.Add((total, total - idle));
        }
    }

    /// <summary>The three means of /proc/loadavg; empty when it holds something else.</summary>
    public static double[] Load(ReadOnlySpan<byte> text)
    {
        var load = new double[3];
        for (var index = 0; index < load.Length; index++)
        {
            if (!Utf8Parser.TryParse(text, out load[index], out var used)) return [];
            text = text[used..].TrimStart((byte)' ');
        }
        return load;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return line;
    }
}
