using System.Runtime.Versioning;

namespace Ziggie.Processes.Resources;

/// <summary>Reads /proc/stat, meminfo and loadavg. Not safe for several threads at once.</summary>
[SupportedOSPlatform("linux")]
internal sealed class HostReader
{
    private byte[] _buffer = new byte[16 * 1024];
    private List<(long Total, long Busy)> _before = [];
    private List<(long Total, long Busy)> _now = [];

    /// <summary>Rates are since the last call.</summary>
    public HostUsage Read()
    {
        ProcText.Cpus(Text("/proc/stat"), _now);
        var percents = _before.Count == _now.Count && _now.Count > 0
            ? _now.Zip(_before, (now, before) => Percent(now.Busy - before.Busy, now.Total - before.Total)).ToArray()
            : [];
        (_before, _now) = (_now, _before);

        var memory = Text("/proc/meminfo");
        var usage = new HostUsage
        {
            CpuPercent = percents.Length > 0 ? percents[0] : null,
            CorePercents = [.. percents.Skip(1)],
            MemoryTotalBytes = ProcText.Meminfo(memory, "MemTotal"u8),
            MemoryAvailableBytes = ProcText.Meminfo(memory, "MemAvailable"u8),
            SwapTotalBytes = ProcText.Meminfo(memory, "SwapTotal"u8),
            SwapFreeBytes = ProcText.Meminfo(memory, "SwapFree"u8),
        };
        return usage with { Load = [.. ProcText.Load(Text("/proc/loadavg"))] };
    }

    private static double Percent(long busy, long total) => total <= 0 ? 0 : Math.Round(Math.Clamp(100.0 * busy / total, 0, 100), 2);

    /// <summary>Valid until the next call; empty where there is no such file.</summary>
    private ReadOnlySpan<byte> Text(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var length = 0;
            while (true)
            {
                if (length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
                var count = RandomAccess.Read(file, _buffer.AsSpan(length), length);
                if (count <= 0) return _buffer.AsSpan(0, length);
                length += count;
            }
        }
        catch (Exception error) when (error is FileNotFoundException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
