using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A standard error of its own, with a log of its own.</summary>
public sealed class SeparateErrorTests : Scenario
{
    [Fact]
    public async Task Both_streams_are_told_apart_and_go_on_when_the_daemon_is_killed()
    {
        var first = await Home.StartAsync();
        var (gate, command) = (Home.In("gate"), "printf 'out \\0\\377 1\\n'; sleep 0.1; echo err 1 >&2");
        var service = await first.DefineAsync(new
        {
            name = "two",
            command = $"{command}; while [ ! -e {gate} ]; do sleep 0.02; done; echo err 2 >&2; sleep 0.1; echo out 2; exec sleep 300",
            shell = true,
            logs = new { stderr = "separate" },
        });
        var pid = await service.StartAsync();
        Assert.Equal([("stdout", "out \0\uFFFD 1"), ("stderr", "err 1")], await UntilLinesAsync(first, 2));

        await first.KillAsync();
        // Said while no daemon listens: it is in the FIFOs.
        await File.WriteAllTextAsync(gate, "");
        var second = await Home.StartAsync();

        Assert.Equal(pid, await second.Service("two").PidAsync());
        var all = await UntilLinesAsync(second, 4);
        Assert.Equal(["out 2", "err 2"], all[2..].OrderDescending().Select(line => line.Text));
        Assert.Equal(["err 1", "err 2"], await TextsAsync(second, "stderr"));
        Assert.Equal(["out \0\uFFFD 1", "out 2"], await TextsAsync(second, "stdout"));
        var admin = second.Owner;
        Assert.Equal("err 1\nerr 2\n", (await admin.GetAsync("/api/services/two/logs/download?stream=stderr")).Text);
    }

    private static async Task<(string? Stream, string? Text)[]> UntilLinesAsync(RealDaemon daemon, int count)
    {
        (string?, string?)[] lines = [];
        await Wait.UntilAsync(() =>
        {
            var page = daemon.Owner.GetAsync("/api/services/two/logs?format=entries").Result.Ok().GetProperty("logs");
            lines = [.. page.EnumerateArray().Select(line => (line.Text("stream"), line.Text("text")))];
            return lines.Length >= count;
        }, $"{count} lines are there");
        return lines;
    }

    private static async Task<string[]> TextsAsync(RealDaemon daemon, string stream) =>
        [.. (await daemon.Owner.GetAsync($"/api/services/two/logs?stream={stream}")).Ok().GetProperty("logs").EnumerateArray().Select(line => line.GetString()!)];
}
