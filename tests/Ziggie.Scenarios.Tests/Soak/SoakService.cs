using Ziggie.Dummy;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>One of the soak's services.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What worker.sh does for it.</param>
/// <param name="IsSteady">It never ends by itself: each end of a run needs somebody who wanted it.</param>
/// <param name="Restart">Its restart rules.</param>
internal sealed record SoakService(string Name, string Kind, bool IsSteady, object Restart)
{
    private static readonly object Eager = new { policy = "always", delay = "50ms", max_delay = "400ms", budget = 100_000, window = "1h" };

    public string[] Arguments { get; init; } = [];

    public int? Port { get; init; }

    /// <summary>Restarts allowed in <see cref="Window"/>.</summary>
    public int Budget { get; init; } = 100_000;

    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    public static IReadOnlyList<SoakService> All()
    {
        var port = Ports.Free();
        return
        [
            Steady("writer-1", "writer"), Steady("writer-2", "writer"), Steady("polite", "polite"), Steady("deaf", "deaf"),
            Steady("burst", "burst"), Steady("family", "family"),
            Steady("port", "exec") with { Arguments = [.. DummyProgram.Command("listen", $"{port}", "hang")], Port = port },
            new("crash", "crash", false, Eager), new("flash", "flash", false, Eager), new("killed", "killed", false, Eager),
            new("limited", "flash", false, new { policy = "on-failure", delay = "20ms", budget = 3, window = "8s", retry_every = "2s" })
                { Budget = 3, Window = TimeSpan.FromSeconds(8) },
            new("job", "job", false, "never"),
        ];
    }

    /// <summary>As the API takes it.</summary>
    public object Definition(string script, string truth)
    {
        var definition = new Dictionary<string, object>
        {
            ["name"] = Name,
            ["command"] = (string[])["/bin/sh", script, Kind, truth, .. Arguments],
            ["restart"] = Restart,
            ["stop"] = new { timeout = Name == "deaf" ? "300ms" : "10s" },
            ["logs"] = new { max_size = "500KB", max_files = 1000 },
        };
        if (Port is { } port) definition["port"] = port;
        else definition["ready"] = new { grace = "50ms" };
        return definition;
    }

    private static SoakService Steady(string name, string kind) => new(name, kind, true, "on-failure");
}
