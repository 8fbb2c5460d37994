using System.Text.Json;
using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Tests.Support;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Tests;

public sealed class HistoryTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;

    public async Task InitializeAsync() => _daemon = await FakeDaemon.StartAsync();

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task What_is_asked_for_is_passed_on_as_it_was_meant()
    {
        var reader = await _daemon.UserAsync("readonly");

        (await reader.GetAsync("/api/history?service=API&kind=exited,gave_up&who=ann&since=2026-01-31T03:00:00&until=2026-01-31T04:00:00Z&limit=7&cursor=8de5f0c1a2b3c4dj4711")).Ok();
        var asked = _daemon.History.Asked.Single();
        Assert.Equal(("api", "ann", 7), (asked.Service, asked.Who, asked.Limit));
        Assert.Equal(["exited", "gave_up"], asked.Kinds.AsEnumerable());
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 3, 0, 0, TimeSpan.Zero), asked.Since);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 4, 0, 0, TimeSpan.Zero), asked.Until);
        Assert.Equal("8de5f0c1a2b3c4dj4711", asked.Before.ToString());

        (await reader.GetAsync("/api/history?since=2h")).Ok();
        Assert.InRange(_daemon.History.Asked.Last().Since!.Value, DateTimeOffset.UtcNow.AddHours(-2.1), DateTimeOffset.UtcNow.AddHours(-1.9));
    }

    [Theory]
    [InlineData("kind=nonsense", "kind")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("cursor=xyz", "cursor")]
    [InlineData("since=yesterday", "since")]
    [InlineData("since=03:12", "since")]
    [InlineData("since=15:00&until=1.02:03:04", "since until")]
    [InlineData("since=00:01:00&until=3:5", "since until")]
    [InlineData("since=1h&until=2h", "until")]
    [InlineData("service=a%20b", "service")]
    public async Task What_makes_no_sense_is_said(string query, string field) =>
        (await (await _daemon.UserAsync("readonly")).GetAsync($"/api/history?{query}")).Invalid(field.Split(' '));

    [Fact]
    public async Task A_service_that_is_no_more_still_has_its_events_and_one_that_never_was_has_none()
    {
        var reader = await _daemon.UserAsync("readonly");
        _daemon.History.Known["gone"] = true;
        _daemon.Services.Add("api");

        (await reader.GetAsync("/api/services/GONE/events?limit=1&kind=exited")).Ok();
        Assert.Equal("gone", _daemon.History.Asked.Last().Service);
        (await reader.GetAsync("/api/services/1/events")).Ok();
        Assert.Equal("api", _daemon.History.Asked.Last().Service);
        (await reader.GetAsync("/api/services/never/events")).Problem(404, "unknown_service");
        (await reader.GetAsync("/api/services/api/events?before=nonsense")).Invalid("before");
    }

    [Fact]
    public async Task How_it_was_at_a_moment_has_phase_pid_and_uptime_then()
    {
        var reader = await _daemon.UserAsync("readonly");
        var time = new DateTimeOffset(2026, 1, 31, 3, 12, 0, TimeSpan.Zero);
        _daemon.History.Past = [new PastService(3, Running("api", time.AddSeconds(-61.5)))];

        var answer = (await reader.GetAsync("/api/history/at?time=2026-01-31T03:12:00")).Ok();

        Assert.Equal(time, _daemon.History.AskedAt);
        var service = answer.GetProperty("services").EnumerateArray().Single();
        Assert.Equal(("api", "running", 4711, 61.5), (service.GetProperty("name").GetString(), service.GetProperty("phase").GetString(),
            service.GetProperty("pid").GetInt32(), service.GetProperty("uptime_seconds").GetDouble()));
        (await reader.GetAsync("/api/history/at")).Invalid("time");
        (await reader.GetAsync("/api/history/at?time=03:12")).Invalid("time");
        (await reader.GetAsync($"/api/history/at?time={DateTime.UtcNow.AddMinutes(5):O}")).Invalid("time");
        _daemon.History.KeptFrom = time;
        (await reader.GetAsync("/api/history/at?time=2026-01-31T03:12:00")).Ok();
        Assert.Contains("lies before 2026-01-31T03:12:00Z",
            (await reader.GetAsync("/api/history/at?time=2026-01-31T03:11:59")).Invalid("time").ToString());
    }

    [Fact]
    public async Task Sign_ins_and_changes_of_users_are_recorded_with_who_and_from_where_and_no_password()
    {
        var admin = await _daemon.AdminAsync();
        (await admin.PostAsync("/api/auth/users", new { username = "ann", password = "the first password", role = "user" })).Ok(201);
        (await admin.PutAsync("/api/auth/users/ann", new { role = "readonly", password = "the second password" })).Ok();
        var ann = await _daemon.SignInAsync("ann", "the second password");
        (await ann.PostAsync("/api/auth/change-password", new { current_password = "the second password", new_password = "the third password" })).Ok();
        await _daemon.Anonymous().PostAsync("/api/auth/login", new { username = "ann", password = "not her password" });
        await _daemon.Anonymous().PostAsync("/api/auth/login", new { username = "the third password", password = "x" });
        (await admin.DeleteAsync("/api/auth/users/ann")).Ok();
        _daemon.Services.Add("api");
        (await admin.PostAsync("/api/services/api/signal?signal=HUP")).Ok();

        var answer = await admin.GetAsync("/api/history");

        var entries = answer.Ok().GetProperty("events").EnumerateArray().Select(e => $"{Text(e, "kind")} {Text(e, "who")} {Text(e, "address")}").ToList();
        Assert.Equal(
            [
                "signal_sent admin 127.0.0.1", "user_removed admin 127.0.0.1", "sign_in_failed anonymous 127.0.0.1", "sign_in_failed ann 127.0.0.1",
                "password_changed ann 127.0.0.1", "signed_in ann 127.0.0.1", "user_changed admin 127.0.0.1", "user_created admin 127.0.0.1",
                "signed_in admin 127.0.0.1", "daemon_started daemon ", "user_created daemon ",
            ],
            entries);
        Assert.DoesNotContain("password\",\"", answer.Text.Replace("\"changed\":[\"password\",\"role\"]", ""));
        foreach (var secret in (string[])["first password", "second password", "third password", "not her", Daemon.AdminPassword])
            Assert.DoesNotContain(secret, answer.Text);
    }

    [Fact]
    public async Task Each_end_of_the_daemon_is_recorded_also_the_one_that_said_nothing()
    {
        await _daemon.RestartAsync([]);
        Assert.Equal(["daemon_started", "daemon_stopped", "daemon_started"], Ends());

        _daemon.History.Lost = AuditKinds.DaemonStopped;
        await _daemon.RestartAsync([]);

        Assert.Equal(["daemon_started", "daemon_stopped", "daemon_started", "daemon_died", "daemon_started"], Ends());
        Assert.Contains($"PID {Environment.ProcessId}", _daemon.History.Entries.Single(e => e.Kind == AuditKinds.DaemonDied).Message);
    }

    private IEnumerable<string> Ends() => _daemon.History.Entries.Select(e => e.Kind).Where(k => k.StartsWith("daemon_", StringComparison.Ordinal));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static ServiceState Running(string name, DateTimeOffset start) => ServiceState.Empty with
    {
        Definition = new ServiceDefinition { Name = name, Command = ["sleep", "60"] },
        Phase = Phase.Running,
        Desired = Desired.Up,
        Run = new Run
        {
            Generation = 1,
            RunId = "r",
            Definition = new ServiceDefinition { Name = name, Command = ["sleep", "60"] },
            Process = new Ziggie.Processes.ProcessIdentity(4711, 1, "boot"),
            StartedAt = start,
            IsReady = true,
        },
    };
}
