using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class LifetimeTests
{
    [Fact]
    public async Task Services_stop_first_while_reads_are_answered_and_a_second_request_harms_nothing()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        daemon.Services.Add("web");
        var admin = await daemon.AdminAsync();
        var gate = new TaskCompletionSource();
        daemon.Shutdown.Gate = gate.Task;

        daemon.Lifetime.RequestStop("SIGTERM");
        await daemon.Shutdown.Called.WaitAsync(Wait.Limit);
        daemon.Lifetime.RequestStop("SIGTERM");

        (await admin.GetAsync("/api/services")).Ok();
        (await admin.PostAsync("/api/services/web/start")).Problem(503, "stopping");
        Assert.False(daemon.Stopped.IsCompleted);
        gate.SetResult();
        await daemon.Stopped.WaitAsync(Wait.Limit);
        Assert.Equal(1, daemon.Shutdown.Calls);
    }

    [Fact]
    public async Task A_service_that_cannot_be_stopped_does_not_hold_the_daemon()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        daemon.Shutdown.Gate = Task.FromException(new InvalidOperationException("no"));
        daemon.Lifetime.RequestStop("SIGTERM");
        await daemon.Stopped.WaitAsync(Wait.Limit);
    }

    [Fact]
    public async Task Tokens_never_come_into_the_log()
    {
        string log;
        using (var folder = new TempFolder())
        {
            string token;
            await using (var daemon = await FakeDaemon.StartAsync($"--ZIGGIE_HOME={folder.Path}", "--Logging:LogLevel:Default=Trace",
                "--Logging:LogLevel:Microsoft.AspNetCore=Trace"))
            {
                token = (await daemon.AdminAsync()).Token!;
                await using (var client = await WatchClient.ConnectAsync(daemon, $"token={token}"))
                    Assert.NotNull(await client.NextAsync());
                await using (var client = await WatchClient.ConnectAsync(daemon, $"token={token[..^3]}xyz"))
                    Assert.Null(await client.NextAsync());
                daemon.Services.Add("web");
                using (await EventClient.ConnectAsync(daemon, $"/api/services/web/logs/stream?token={token}")) { }
                (await daemon.Anonymous().GetAsync($"/api/services/web/logs/stream?token={token[..^3]}xyz")).Problem(401, "unauthenticated");
                await using (await WatchClient.ConnectToAsync(daemon, "/api/services/web/logs/ws", $"token={token}")) { }
                (await daemon.Anonymous().GetAsync("/api/services", ("Authorization", $"Bearer {token}"))).Ok();
                (await daemon.Anonymous().GetAsync($"/api/nothing?token={token}")).Problem(404, "not_found");
            }

            log = File.ReadAllText(Directory.GetFiles(Path.Combine(folder.Path, "logs", ".daemon")).Single());
            Assert.Contains("/api/services/ws", log);
            Assert.DoesNotContain(token.Split('.')[1], log);
            Assert.DoesNotContain(Daemon.AdminPassword, log);
        }
    }
}
