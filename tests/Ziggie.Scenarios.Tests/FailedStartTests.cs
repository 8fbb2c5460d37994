using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>What cannot be started says why, and disturbs nobody.</summary>
public sealed class FailedStartTests(SharedDaemon shared) : IClassFixture<SharedDaemon>
{
    private RealDaemon Daemon => shared.Daemon;

    [Theory]
    [InlineData("program_missing", "/no/such/program")]
    [InlineData("program_missing", "no-such-program-in-the-path")]
    [InlineData("folder_missing", "sleep", "cwd", "/no/such/folder")]
    [InlineData("not_executable", "/etc/passwd")]
    [InlineData("user_unknown", "sleep", "user", "nobody-of-this-name")]
    [InlineData("environment_invalid", "sleep", "cwd", "${NO_SUCH_VARIABLE}")]
    public async Task What_cannot_be_launched_fails_with_its_reason_and_nothing_else_is_disturbed(
        string code, string program, string? key = null, string? value = null)
    {
        var tag = Guid.NewGuid().ToString("n");
        var neighbour = await Daemon.DefineAsync(new { name = $"neighbour-{tag}", command = "sleep 300" });
        var pid = await neighbour.StartAsync();
        var definition = new Dictionary<string, object> { ["name"] = $"broken-{tag}", ["command"] = new[] { program, "300" } };
        if (key is not null) definition[key] = value!;
        var service = await Daemon.DefineAsync(definition);

        var detail = (await service.DoAsync("start")).Problem(400, code).Text("detail")!;

        Assert.Contains(value is null ? program : value.Trim('$', '{', '}'), detail);
        var status = await service.StatusAsync();
        Assert.Equal(("failed", "failed", null), (status.Status(), status.Phase(), status.Pid()));
        Assert.Contains(status.Reason()!, detail);
        Assert.Equal(pid, await neighbour.PidAsync());
        Assert.True(Proc.Lives(pid));
    }

    [Fact]
    public async Task A_start_that_fails_can_be_mended_and_then_succeeds()
    {
        var service = await Daemon.DefineAsync(new { name = "mended", command = "/no/such/program" });
        (await service.DoAsync("start")).Problem(400, "program_missing");
        (await Daemon.Owner.PutAsync("/api/services/mended", new { command = "sleep 300" })).Ok();
        Assert.True(Proc.Lives(await service.StartAsync()));
    }

    [Fact]
    public async Task One_that_ends_in_its_grace_fails_with_its_exit_code_its_last_lines_and_what_follows()
    {
        var service = await Daemon.DefineAsync(new { name = "short", command = "echo the database is missing; exit 9", shell = true, restart = "never" });
        var problem = (await service.DoAsync("start")).Problem(400, "start_failed");
        Assert.Contains("code 9", problem.Text("detail"));
        Assert.Equal(["the database is missing"], problem.GetProperty("logs").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(9, (await service.StatusAsync()).ExitCode());
    }

    [Fact]
    public async Task A_port_that_a_stranger_holds_is_named_with_its_holder()
    {
        using var stranger = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        stranger.Start();
        var port = ((System.Net.IPEndPoint)stranger.LocalEndpoint).Port;
        var service = await Daemon.DefineAsync(new { name = "ported", command = "sleep 300", port });
        var detail = (await service.DoAsync("start")).Problem(400, "port_in_use").Text("detail")!;
        Assert.Contains($"Port {port}", detail);
        Assert.Contains($"PID {Environment.ProcessId}", detail);
        Assert.Null(await service.PidAsync());
    }
}
