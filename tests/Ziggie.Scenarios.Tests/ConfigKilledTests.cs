using System.Globalization;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A daemon that is killed in the middle of an apply ends in all of it or nothing.</summary>
public sealed class ConfigKilledTests : Scenario
{
    [Fact]
    public async Task What_was_begun_is_finished_by_the_next_daemon()
    {
        var daemon = await Home.StartAsync();
        (await daemon.ApplyAsync("""
            services:
              kept: { command: sleep 300, autostart: true, ready: 50ms }
              stubborn: { command: "trap '' TERM; echo deaf; while true; do sleep 1; done", shell: true, autostart: true, ready: { log: deaf }, stop: { timeout: 10s } }
            """)).Ok();
        await daemon.Service("stubborn").PrintedAsync("deaf");
        var (kept, stubborn) = (await daemon.Service("kept").PidAsync(), await daemon.Service("stubborn").PidAsync());
        const string next = """
            services:
              kept: { command: sleep 301, autostart: true, ready: 50ms }
              new: { command: sleep 302, autostart: true, ready: 50ms }
            """;
        var answer = daemon.ApplyAsync(next);
        await daemon.Service("stubborn").UntilAsync(s => s.Phase() == "stopping", "is being stopped");
        Assert.DoesNotContain("new", await daemon.NamesAsync());
        (await daemon.Owner.PostAsync("/api/services", new { name = "meanwhile", command = "x" })).Problem(409, "conflict");

        await daemon.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        daemon = await Home.StartAsync();

        var started = await daemon.Service("kept").UntilAsync(s => s.Pid() is { } pid && pid != kept && s.Status() == "running", "runs anew");
        await Wait.UntilAsync(async () => (await daemon.NamesAsync()).Contains("new"), "what is new is there");
        await daemon.Service("new").UntilAsync(s => s.Status() == "running", "runs");
        Assert.False(Proc.Lives(kept!.Value));
        Assert.False(Proc.Lives(stubborn!.Value));
        Assert.DoesNotContain("stubborn", await daemon.NamesAsync());
        Assert.StartsWith("Nothing to change", (await daemon.ApplyAsync(next)).Ok().Text("summary"));
        Assert.Equal(started.Pid(), await daemon.Service("kept").PidAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(100)]
    public async Task Killed_after_any_number_of_definitions_it_has_all_or_none(int after)
    {
        const int count = 120;
        var daemon = await Home.StartAsync();
        var services = string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"  n{i:000}: {{ command: sleep {i} }}\n")));
        (await daemon.ApplyAsync("services: { gone: { command: sleep 1 } }")).Ok();
        var answer = daemon.ApplyAsync("services:\n" + services);
        await Wait.UntilAsync(async () => answer.IsCompleted || (await daemon.NamesAsync("n")).Count >= after, "enough services are there");

        await daemon.KillAsync();
        await answer.ContinueWith(_ => { }, TaskScheduler.Default);
        daemon = await Home.StartAsync();

        // Before the first step was stored there is nothing to finish; after it, all comes about.
        var names = await daemon.NamesAsync();
        if (names.Contains("gone") && !names.Any(n => n.StartsWith('n')) && (await daemon.ApplyAsync("services: { gone: { command: sleep 1 } }", "?dry_run=true")).Ok().Text("summary")!.StartsWith("Nothing", StringComparison.Ordinal))
            return;
        await Wait.UntilAsync(async () => (await daemon.NamesAsync("n")).Count == count, "all services are there");
        await Wait.UntilAsync(async () => !(await daemon.NamesAsync()).Contains("gone"), "what is gone is gone");
        Assert.StartsWith("Nothing to change", (await daemon.ApplyAsync("services:\n" + services)).Ok().Text("summary"));
    }
}
