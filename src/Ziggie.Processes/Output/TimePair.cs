namespace Ziggie.Processes.Output;

/// <summary>From this offset of a segment on, bytes were taken in at this Unix time in microseconds.</summary>
internal readonly record struct TimePair(long Offset, long Micros)
{
    public static long MicrosOf(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset TimeOf(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
