using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>One way to look at a run from outside (or to be told by it).</summary>
public abstract record Probe
{
    private Probe() { }

    /// <summary>Alive for so long.</summary>
    public sealed record Grace(TimeSpan Time) : Probe;

    /// <summary>The service's own port accepts a connection on the loopback address.</summary>
    public sealed record OwnPort : Probe;

    public sealed record Tcp(int Port) : Probe;

    /// <param name="Url">http or https.</param>
    /// <param name="StatusFrom">Lowest status that counts as success.</param>
    /// <param name="StatusTo">Highest status that counts as success.</param>
    /// <param name="Contains">A text that the body must hold; null for any body.</param>
    /// <param name="Headers">Sent with the request.</param>
    public sealed record Http(
        string Url, int StatusFrom, int StatusTo, string? Contains, ImmutableSortedDictionary<string, string> Headers) : Probe;

    /// <summary>A command whose exit code 0 is success; run in the service's folder and environment.</summary>
    public sealed record Exec(ImmutableArray<string> Command, bool Shell) : Probe;

    /// <summary>A line of output that matches the regular expression.</summary>
    public sealed record Log(string Pattern) : Probe;

    /// <summary>For health: nobody looks, not even at the service's own port.</summary>
    public sealed record None : Probe;

    /// <summary>READY=1, or for health WATCHDOG=1 within each interval, on the socket that sd_notify(3) writes to.</summary>
    public sealed record Notify : Probe;
}
