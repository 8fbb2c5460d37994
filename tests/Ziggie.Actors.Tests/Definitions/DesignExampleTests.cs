using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

public class DesignExampleTests
{
    public const string Yaml =
        """
        services:
          api:
            description: The shop's API
            command: [dotnet, Shop.Api.dll]
            cwd: /srv/shop
            user: shop
            env: { ASPNETCORE_URLS: "http://127.0.0.1:5000", DB_PASSWORD: "${DB_PASSWORD}" }
            env_file: [.env]
            port: 5000
            groups: [backend]
            labels: { team: shop }
            autostart: true
            ready: { http: { url: "http://127.0.0.1:5000/ready", status: 200-299 }, timeout: 30s }
            health: { http: { url: "http://127.0.0.1:5000/health" }, interval: 10s, timeout: 1s, failures: 3, successes: 1, start_period: 5s, on_unhealthy: restart }
            restart: { policy: on-failure, success_exit_codes: [0], delay: 250ms, factor: 2, max_delay: 60s, jitter: 0.25, budget: 10, window: 10m, stable_after: 60s, retry_every: 1h }
            stop: { signal: TERM, timeout: 10s }
            depends_on: { db: ready }
            schedule: { cron: "0 3 * * *", time_zone: Europe/Berlin, action: restart }
            limits: { max_memory: 512MB, nice: 5, open_files: 4096, core: 0 }
            logs: { max_size: 10MB, max_files: 10, max_age: 30d, compress: true, stderr: merged }
          db:
            command: postgres -D /srv/db
            ready: { tcp: 5432 }
        """;

    [Fact]
    public void Every_key_is_read()
    {
        var result = DefinitionReader.ReadYaml(Yaml);

        Assert.True(result.IsValid, string.Join("\n", result.Errors));
        Assert.Equal(["api", "db"], result.Definitions.Select(d => d.Name));
        var api = result.Definitions[0];
        Assert.Equal("The shop's API", api.Description);
        Assert.Equal(["dotnet", "Shop.Api.dll"], api.Command.AsEnumerable());
        Assert.Equal("/srv/shop", api.Cwd);
        Assert.Equal("shop", api.User);
        Assert.Equal("${DB_PASSWORD}", api.Env["DB_PASSWORD"]);
        Assert.Equal([".env"], api.EnvFile.AsEnumerable());
        Assert.Equal(5000, api.Port);
        Assert.Equal(["backend"], api.Groups.AsEnumerable());
        Assert.Equal("shop", api.Labels["team"]);
        Assert.True(api.Autostart);
        var http = Assert.IsType<Probe.Http>(api.Ready!.Probe);
        Assert.Equal(("http://127.0.0.1:5000/ready", 200, 299, null), (http.Url, http.StatusFrom, http.StatusTo, http.Contains));
        Assert.Equal(TimeSpan.FromSeconds(30), api.Ready.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(5), api.Health!.StartPeriod);
        Assert.Equal(UnhealthyAction.Restart, api.Health.OnUnhealthy);
        Assert.Equal(TimeSpan.FromHours(1), api.Restart.RetryEvery);
        Assert.Equal(StopPolicy.Default, api.Stop);
        Assert.Equal(DependencyCondition.Ready, api.DependsOn["db"]);
        Assert.Equal(new SchedulePolicy("0 3 * * *", "Europe/Berlin", ScheduleAction.Restart), api.Schedule);
        Assert.Equal(new LimitsPolicy { MaxMemory = 512_000_000, Nice = 5, OpenFiles = 4096, Core = 0 }, api.Limits);
        Assert.Equal(LogPolicy.Default with { MaxAge = TimeSpan.FromDays(30) }, api.Logs);
        Assert.Equal(["postgres", "-D", "/srv/db"], result.Definitions[1].Command.AsEnumerable());
        Assert.Equal(new ReadyPolicy(new Probe.Tcp(5432), TimeSpan.FromSeconds(60)), result.Definitions[1].Ready);
    }

    [Fact]
    public void Keys_that_repeat_a_default_are_not_written_back()
    {
        var api = DefinitionReader.ReadYaml(Yaml).Definitions[0];

        var compact = DefinitionWriter.WriteCompact(api);

        Assert.Equal("""{"retry_every":"1h"}""", compact["restart"]!.ToJsonString());
        Assert.Equal("""{"max_age":"30d"}""", compact["logs"]!.ToJsonString());
        Assert.False(compact.ContainsKey("stop"));
    }
}
