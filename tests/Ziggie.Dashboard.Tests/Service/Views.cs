using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;

namespace Ziggie.Dashboard.Tests.Service;

/// <summary>Definitions and services to show.</summary>
internal static class Views
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The one service of a YAML file; its lines are indented here.</summary>
    public static ServiceDefinition Define(string name, string keys)
    {
        var result = DefinitionReader.ReadYaml($"services:\n  {name}:\n{string.Join('\n', keys.Split('\n').Select(line => "    " + line))}\n");
        Assert.True(result.IsValid, string.Join("; ", result.Errors));
        return result.Definitions[0];
    }

    public static ServiceView Running(ServiceDefinition definition, int id = 7) => new()
    {
        Id = id,
        Definition = definition,
        Status = ServiceStatus.Running,
        Phase = Phase.Running,
        Desired = Desired.Up,
        DesiredBy = "anna",
        Health = Health.Healthy,
        Ready = true,
        Pid = 4242,
        StartedAt = Now,
        Generation = 3,
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    public static ServiceView Stopped(ServiceDefinition definition, int id = 8) => Running(definition, id) with
    {
        Status = ServiceStatus.Stopped,
        Phase = Phase.Stopped,
        Desired = Desired.Down,
        Health = Health.Unknown,
        Ready = false,
        Pid = null,
        StartedAt = null,
    };

    public static ServiceSnapshot All(params ServiceView[] views)
    {
        var feed = new ServiceFeed();
        foreach (var view in views) feed.Publish(view);
        return feed.Current;
    }

    /// <summary>Says everything that a definition can say.</summary>
    public const string Everything =
        """
        description: "The shop's API: all of it"
        command: [dotnet, "Shop Api.dll", "--name=a \"b\" $${x} \\ c", "${HOME}/x y", ""]
        cwd: /srv/shop
        env: { ASPNETCORE_URLS: "http://127.0.0.1:5000", DB_PASSWORD: "hunter2", LINES: "a\nb", EMPTY: "" }
        env_file: [.env, "/etc/my file.env"]
        user: shop
        umask: "0027"
        port: 5000
        is_system: true
        groups: [backend, web]
        labels: { team: shop, "a.b/c": "x, y" }
        autostart: true
        ready: { http: { url: "http://127.0.0.1:5000/ready", status: 200-204, contains: ok, headers: { Authorization: "Bearer abc", X-A: "1" } }, timeout: 30s }
        health: { exec: { command: "curl -f x | grep y", shell: true }, interval: 5s, timeout: 2s, failures: 4, successes: 2, start_period: 5s, on_unhealthy: report }
        restart: { policy: always, success_exit_codes: [0, 3], delay: 1s, factor: 1.5, max_delay: 5m, jitter: 0.1, budget: 5, window: 1h, stable_after: 2m, retry_every: 1h }
        stop: { signal: INT, timeout: 1m30s }
        depends_on: { db: healthy, migrate: completed }
        restart_dependents: true
        schedule: { cron: "0 3 * * *", time_zone: Europe/Berlin, action: restart, catch_up: true }
        limits: { max_memory: 512MB, nice: 5, open_files: 4096, core: 0, cpu: 0.5 }
        logs: { max_size: 5MB, max_files: 3, max_age: 30d, compress: false, stderr: separate }
        """;
}
