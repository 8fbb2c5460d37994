namespace Ziggie.Actors.Resources;

/// <summary>What services and the machine use, as it was last measured, and the recent past of it. Safe for use from any thread.</summary>
public interface IResourceFeed
{
    /// <summary>The name under which <see cref="History"/> has the machine; no service is called so.</summary>
    const string Host = "";

    /// <summary>The mean load over one minute under this name, 100 for each process that wants to run; no service is called so.</summary>
    const string HostLoad = "host:load";

    /// <summary>The machine's used swap, as memory.</summary>
    const string HostSwap = "host:swap";

    /// <summary>The name under which <see cref="History"/> has one core of the machine, counted from 0.</summary>
    static string HostCore(int core) => $"host:core{core}";

    ResourcePicture Current { get; }

    /// <summary>From one sample to the next at present; null when nothing is measured.</summary>
    TimeSpan? Interval { get; }

    /// <summary>A new picture is there. Called on the thread that measures: be short.</summary>
    event Action? Sampled;

    /// <summary>
    /// In the order of time. The last ten minutes as they were measured, before that a point for each half minute of the last hour.
    /// </summary>
    /// <param name="name">A service, or <see cref="Host"/>.</param>
    /// <param name="since">Only points from then on.</param>
    /// <param name="points">At most so many: neighbours are put together.</param>
    IReadOnlyList<UsagePoint> History(string name, DateTimeOffset since, int points);
}
