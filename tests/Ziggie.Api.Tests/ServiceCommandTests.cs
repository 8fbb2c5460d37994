using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Http;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class ServiceCommandTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _admin = await _daemon.AdminAsync();
        _daemon.Services.Add("web");
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task Start_stop_and_restart_answer_in_the_documented_shape()
    {
        Assert.Equal("""{"success":true,"pid":1001,"message":"Service 'web' started successfully"}""", Ok(await _admin.PostAsync("/api/services/web/start")));
        Assert.Equal("""{"success":true,"pid":1002,"message":"Service 'web' restarted successfully"}""", Ok(await _admin.PostAsync("/api/services/WEB/restart")));
        Assert.Equal("""{"success":true,"message":"Service 'web' stopped successfully"}""", Ok(await _admin.PostAsync("/api/services/1/stop")));
        Assert.Equal(["start web by admin", "restart web by admin", "stop(,False) web by admin"], _daemon.Services.Heard);
    }

    [Theory]
    [InlineData("timeout=1&force=true", "stop(1,True) web by admin")]
    [InlineData("timeout=300", "stop(300,False) web by admin")]
    [InlineData("force=0", "stop(,False) web by admin")]
    public async Task Stop_hands_its_parameters_on(string query, string heard)
    {
        (await _admin.PostAsync($"/api/services/web/stop?{query}")).Ok();
        Assert.Equal([heard], _daemon.Services.Heard);
    }

    [Theory]
    [InlineData("timeout=0", "timeout")]
    [InlineData("timeout=301", "timeout")]
    [InlineData("timeout=soon&force=maybe", "timeout force")]
    public async Task Stop_refuses_parameters_that_do_not_fit(string query, string fields)
    {
        (await _admin.PostAsync($"/api/services/web/stop?{query}")).Invalid(fields.Split(' '));
        Assert.Empty(_daemon.Services.Heard);
    }

    [Fact]
    public async Task A_signal_is_taken_from_the_body_or_the_query()
    {
        (await _admin.PostAsync("/api/services/web/signal", new { signal = "hup", whole_tree = true })).Ok();
        (await _admin.PostAsync("/api/services/web/signal?signal=SIGUSR1")).Ok();
        (await _admin.PostAsync("/api/services/web/signal", new { signal = "NOPE" })).Invalid("signal");
        (await _admin.PostAsync("/api/services/web/signal")).Invalid("signal");
        (await _admin.PostAsync("/api/services/web/signal", new { signal = 1 })).Invalid("signal");
        (await _admin.PostAsync("/api/services/web/signal", new { sygnal = "HUP" })).Problem(422, "invalid_parameter");
        Assert.Equal(["signal(1,True) web by admin", "signal(10,False) web by admin"], _daemon.Services.Heard);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("restart")]
    [InlineData("signal?signal=HUP")]
    public async Task Commands_on_unknown_and_impossible_names_are_refused(string command)
    {
        (await _admin.PostAsync($"/api/services/wbe/{command}")).Problem(404, "unknown_service");
        (await _admin.PostAsync($"/api/services/w.e/{command}")).Invalid("name");
        Assert.Empty(_daemon.Services.Heard);
    }

    public static TheoryData<string> Codes() => new(Enum.GetNames<RefusalCode>());

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_refusal_has_a_status_and_its_own_code(string name)
    {
        var code = Enum.Parse<RefusalCode>(name);
        _daemon.Services.Scripted["web"] = new CommandReply.Refused(code, "So it is.", [new DefinitionError("port", "is odd.")]);
        var expected = code switch
        {
            RefusalCode.UnknownService => 404,
            RefusalCode.Conflict or RefusalCode.ManagedByFile => 409,
            RefusalCode.InvalidDefinition => 422,
            RefusalCode.Stopping or RefusalCode.StoreFailed or RefusalCode.Interrupted => 503,
            RefusalCode.TimedOut => 504,
            _ => 400,
        };

        var problem = (await _admin.PostAsync("/api/services/web/start")).Problem(expected, Contracts.Words.Of(code));

        Assert.Equal("So it is.", problem.GetProperty("detail").GetString());
        Assert.Equal(expected, RefusalStatus.Of(code));
        Assert.Equal(code is RefusalCode.InvalidDefinition, problem.TryGetProperty("errors", out _));
        Assert.Equal(code is RefusalCode.StartFailed, problem.TryGetProperty("logs", out _));
    }

    [Fact]
    public async Task A_failed_start_brings_the_last_twenty_lines()
    {
        _daemon.Output.Logs["web"] = [.. Enumerable.Range(1, 30).Select(i => $"line {i}")];
        _daemon.Services.Scripted["web"] = new CommandReply.Refused(RefusalCode.StartFailed, "It ended with exit 3.");

        var logs = (await _admin.PostAsync("/api/services/web/start")).Problem(400, "start_failed").GetProperty("logs");

        Assert.Equal(Enumerable.Range(11, 20).Select(i => $"line {i}"), logs.EnumerateArray().Select(l => l.GetString()));
    }

    [Fact]
    public async Task While_it_stops_the_daemon_answers_reads_and_refuses_commands()
    {
        _daemon.Status.BeginStopping();

        (await _admin.GetAsync("/api/services")).Ok();
        (await _admin.GetAsync("/api/services/web/logs")).Ok();
        foreach (var path in (string[])["web/start", "web/stop", "web/restart", "web/signal", ""])
        {
            var answer = await _admin.PostAsync($"/api/services/{path}", path is "" ? new { name = "x", command = "x" } : null);
            answer.Problem(503, "stopping");
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        (await _admin.DeleteAsync("/api/services/web")).Problem(503, "stopping");
        Assert.Empty(_daemon.Services.Heard);
        Assert.Equal("""{"status":"stopping"}""", (await _admin.GetAsync("/health/ready")).Text);
    }

    private static string Ok(Answer answer)
    {
        answer.Ok();
        return answer.Text;
    }
}
