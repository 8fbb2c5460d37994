namespace Ziggie.Actors.Domain.Definitions;

/// <summary>The default that follows from a ready policy's probe.</summary>
internal static class ReadyDefaults
{
    /// <summary>One minute; longer for a grace that would not fit into it.</summary>
    public static TimeSpan TimeoutFor(Probe probe) => probe is Probe.Grace(var time) && time >= ReadyPolicy.DefaultTimeout
        ? time + ReadyPolicy.DefaultTimeout
        : ReadyPolicy.DefaultTimeout;
}

/// <summary>The default that follows from a restart policy's delay.</summary>
internal static class RestartDefaults
{
    /// <summary>One minute, or the first delay when that is longer.</summary>
    public static TimeSpan MaxDelayFor(TimeSpan delay) => delay > RestartPolicy.Default.MaxDelay ? delay : RestartPolicy.Default.MaxDelay;
}
