namespace Ziggie.Actors.Resources;

/// <param name="Enabled">False: nothing is measured, and memory limits are kept only by the kernel, where it does.</param>
/// <param name="Interval">The least time from one sample to the next; costly samples come less often.</param>
public sealed record ResourceSettings(bool Enabled, TimeSpan Interval)
{
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(2);
}
