using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A set of definitions is applied as a whole, and only what must is touched.</summary>
public sealed class ConfigApplyTests : Scenario
{
    [Fact]
    public async Task An_apply_starts_what_is_new_restarts_only_what_must_and_removes_what_is_gone()
    {
        var daemon = await Home.StartAsync();
        var applied = (await daemon.ApplyAsync("""
            x-base: &base { command: sleep 300, autostart: true, ready: 50ms }
            services:
              same: *base
              text: *base
              launch: *base
              gone: *base
              idle: { command: sleep 300 }
            """)).Ok();
        Assert.True(applied.GetProperty("success").GetBoolean(), applied.ToString());
        Assert.Equal(["gone added", "idle added", "launch added", "same added", "text added"], applied.Actions());
        var (same, text, launch, gone) = (await daemon.Service("same").PidAsync(), await daemon.Service("text").PidAsync(), await daemon.Service("launch").PidAsync(), await daemon.Service("gone").PidAsync());
        Assert.All([same, text, launch, gone], pid => Assert.True(Proc.Lives(pid!.Value)));
        Assert.Equal("stopped", (await daemon.Service("idle").StatusAsync()).Status());

        const string next = """
            x-base: &base { command: sleep 300, autostart: true, ready: 50ms }
            services:
              same: *base
              text: { <<: *base, description: Another, restart: always }
              launch: { <<: *base, env: { A: b } }
              idle: { command: sleep 400 }
              new: *base
            """;
        applied = (await daemon.ApplyAsync(next)).Ok();

        Assert.Equal("1 added, 3 changed (1 restarted), 1 removed, 1 unchanged.", applied.Text("summary"));
        Assert.Equal(["gone removed", "idle changed", "launch changed", "new added", "same unchanged", "text changed"], applied.Actions());
        Assert.Equal((same, text), (await daemon.Service("same").PidAsync(), await daemon.Service("text").PidAsync()));
        Assert.NotEqual(launch, await daemon.Service("launch").PidAsync());
        Assert.False(Proc.Exists(launch!.Value));
        Assert.False(Proc.Exists(gone!.Value));
        Assert.True(Proc.Lives((await daemon.Service("new").PidAsync())!.Value));
        Assert.Equal("stopped", (await daemon.Service("idle").StatusAsync()).Status());
        (await daemon.Owner.GetAsync("/api/services/gone")).Problem(404, "unknown_service");
        Assert.Contains("control-center-frontend", await daemon.NamesAsync());
        Assert.StartsWith("Nothing to change", (await daemon.ApplyAsync(next)).Ok().Text("summary"));
    }

    [Fact]
    public async Task What_a_person_stopped_stays_stopped_and_what_failed_is_tried_with_what_it_was_given_now()
    {
        var daemon = await Home.StartAsync();
        // The first one ends before it could be taken for ready, however slow the machine is.
        string Yaml(string stopped, string failed, string ready) => $$"""
            services:
              stopped: { command: sleep {{stopped}}, autostart: true, ready: 50ms }
              failed: { command: {{failed}}, autostart: true, restart: never, ready: {{ready}} }
            """;
        var applied = (await daemon.ApplyAsync(Yaml("300", "sh -c 'exit 3'", "60s"))).Ok();
        Assert.False(applied.GetProperty("success").GetBoolean());
        Assert.Contains("code 3", applied.GetProperty("services")[0].Text("message"));
        await daemon.Service("stopped").StopAsync();

        (await daemon.ApplyAsync(Yaml("301", "sleep 300", "50ms"))).Ok();

        Assert.Equal("stopped", (await daemon.Service("stopped").StatusAsync()).Status());
        Assert.Equal("running", (await daemon.Service("failed").StatusAsync()).Status());
    }

    [Fact]
    public async Task What_goes_is_stopped_before_what_it_depends_on()
    {
        var daemon = await Home.StartAsync();
        var order = Home.In("order");
        string Service(string name) => $"{{ command: \"trap 'echo {name} >> {order}; exit 0' TERM; echo up; sleep 300 & wait\", shell: true, autostart: true, ready: 50ms";
        (await daemon.ApplyAsync($"services:\n  a-db: {Service("db")} }}\n  b-api: {Service("api")}, depends_on: {{ a-db: started }} }}\n  c-web: {Service("web")}, depends_on: {{ b-api: started }} }}")).Ok();
        foreach (var name in new[] { "a-db", "b-api", "c-web" }) await daemon.Service(name).PrintedAsync("up");

        Assert.Equal(["a-db removed", "b-api removed", "c-web removed"], (await daemon.ApplyAsync("services: {}")).Ok().Actions());

        Assert.Equal(["web", "api", "db"], await File.ReadAllLinesAsync(order));
    }

    [Fact]
    public async Task A_set_with_one_mistake_changes_nothing()
    {
        var daemon = await Home.StartAsync();
        (await daemon.ApplyAsync("services:\n  a: { command: sleep 300, autostart: true, ready: 50ms }\n  b: { command: sleep 300 }")).Ok();
        var pid = await daemon.Service("a").PidAsync();
        await daemon.DefineAsync(new { name = "person", command = "sleep 1", depends_on = "b" });

        (await daemon.ApplyAsync("services:\n  a: { command: sleep 301 }\n  c: { comand: x }")).Problem(422, "invalid_definition");
        var problem = (await daemon.ApplyAsync("services:\n  a: { command: sleep 301 }")).Problem(422, "invalid_definition");
        (await daemon.ApplyAsync("services:\n  b: { command: sleep 1, depends_on: person }\n  a: { command: sleep 301 }")).Problem(422, "invalid_definition");

        Assert.Contains("services.person.depends_on.b: There is no service 'b'.", problem.Text("detail"));
        Assert.Equal(pid, await daemon.Service("a").PidAsync());
        Assert.Equal(["a", "b"], (await daemon.NamesAsync()).Where(n => n.Length == 1));
        Assert.False((await daemon.Service("a").StatusAsync()).GetProperty("restarts").GetInt32() > 0);
    }

    [Fact]
    public async Task A_change_by_a_person_stays_until_the_set_is_applied_again()
    {
        var daemon = await Home.StartAsync();
        const string yaml = "services: { a: { command: sleep 300 } }";
        (await daemon.ApplyAsync(yaml, "?source=shop")).Ok();

        (await daemon.Owner.PutAsync("/api/services/a", new { command = "sleep 400" })).Ok();

        Assert.Equal("apply:shop", (await daemon.Service("a").StatusAsync()).Text("origin"));
        var change = (await daemon.ApplyAsync(yaml, "?source=shop&dry_run=true")).Ok().GetProperty("services")[0];
        Assert.Equal("""[{"key":"command","old":["sleep","400"],"new":["sleep","300"]}]""", change.GetProperty("changes").GetRawText());
    }
}
