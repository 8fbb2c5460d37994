using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>Who is on duty is told what went wrong, once, whatever happens to the daemon and to the receiver.</summary>
public sealed class NotificationTests : Scenario
{
    private const string Secret = "of the test";

    [Fact]
    public async Task A_failure_is_told_in_spite_of_a_receiver_that_fails_and_never_twice()
    {
        using var receiver = new Receiver(503, 500);
        var told = Home.In("told");
        string[] settings =
        [
            "--Notifications:0:Type=webhook", $"--Notifications:0:Url={receiver.Address}hook", $"--Notifications:0:Secret={Secret}",
            "--Notifications:0:LogLines=5", "--Notifications:0:RetryDelay=50ms", "--Notifications:0:MinInterval=0", "--Notifications:0:Services=shaky",
            "--Notifications:1:Type=command", $"--Notifications:1:Command=sh -c 'echo \"$ZIGGIE_EVENT $ZIGGIE_SERVICE $ZIGGIE_EXIT_CODE\" >> {told}'",
            "--Notifications:1:Events=gave_up,exited", "--Notifications:1:MinInterval=0",
        ];
        var daemon = await Home.StartAsync(settings);
        await daemon.DefineAsync(new { name = "ignored", command = "exit 1", shell = true, restart = "never" });
        var service = await daemon.DefineAsync(Shaky());
        await daemon.Service("ignored").DoAsync("start");
        await service.StartAsync();
        await service.PrintedAsync("up");
        Break();
        await service.UntilAsync(s => s.Phase() == "failed", "fails");

        await TakenAsync(receiver, 1);
        var attempts = receiver.Requests.ToList();
        Assert.Equal([503, 500, 204], attempts.Select(r => r.Status));
        Assert.Single(attempts.Select(r => r.Headers["X-Ziggie-Delivery"]).Distinct());
        Assert.All(attempts, AssertSigned);
        var body = JsonDocument.Parse(attempts[2].Body).RootElement;
        Assert.Equal(("failed", "shaky", "Exited with code 3.", 3),
            (body.Text("event"), body.Text("service"), body.Text("reason"), body.GetProperty("code").GetInt32()));
        Assert.Equal(["up", "down"], body.GetProperty("logs").EnumerateArray().Select(l => l.GetString()));
        await Wait.UntilAsync(() => File.Exists(told) && File.ReadAllLines(told).Length == 2, "the command has told both exits");
        Assert.Equal(["exited ignored 1", "exited shaky 3"], await File.ReadAllLinesAsync(told));

        // Killed and started again: what was told is not told again, and what is new is.
        await daemon.KillAsync();
        daemon = await Home.StartAsync(settings);
        File.Delete(Home.In("broken"));
        service = daemon.Service("shaky");
        await service.StartAsync();
        await TakenAsync(receiver, 2);
        Assert.Equal(["failed", "recovered"], Taken(receiver).Select(r => r.Headers["X-Ziggie-Event"]));

        // It fails while nobody looks: the next daemon finds that and tells it.
        Assert.Equal(0, await StopKeepingAsync(daemon));
        var pid = int.Parse((await File.ReadAllTextAsync(Home.In("pid"))).Trim());
        Break();
        await Wait.UntilAsync(() => !Proc.Lives(pid), "the service ends while no daemon runs");
        daemon = await Home.StartAsync(settings);
        await TakenAsync(receiver, 3);
        Assert.Equal(["failed", "recovered", "failed"], Taken(receiver).Select(r => r.Headers["X-Ziggie-Event"]));
        Assert.Equal(3, Taken(receiver).Select(r => r.Headers["X-Ziggie-Delivery"]).Distinct().Count());
    }

    private object Shaky() => new
    {
        name = "shaky",
        command = $"echo $$ > {Home.In("pid")}; echo up; while [ ! -e {Home.In("broken")} ]; do sleep 0.05; done; echo down; exit 3",
        shell = true,
        restart = "never",
        ready = new { grace = "50ms" },
    };

    private void Break() => File.WriteAllText(Home.In("broken"), "");

    private static async Task<int> StopKeepingAsync(RealDaemon daemon)
    {
        (await daemon.Owner.PostAsync("/api/daemon/stop?services=keep")).Ok(202);
        return await daemon.ExitAsync();
    }

    private static List<Received> Taken(Receiver receiver) => [.. receiver.Requests.Where(r => r.Status == 204)];

    private static Task TakenAsync(Receiver receiver, int count) => Wait.UntilAsync(
        () => Task.FromResult(Taken(receiver).Count >= count), $"{count} notifications are taken",
        () => string.Join('\n', receiver.Requests.Select(r => $"{r.Status} {Encoding.UTF8.GetString(r.Body)}")));

    private static void AssertSigned(Received request)
    {
        var parts = request.Headers["X-Ziggie-Signature"].Split(',').ToDictionary(p => p.Split('=')[0], p => p.Split('=')[1]);
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.ASCII.GetBytes($"{parts["t"]}."), .. request.Body]);
        Assert.Equal(Convert.ToHexStringLower(signed), parts["v1"]);
    }
}
