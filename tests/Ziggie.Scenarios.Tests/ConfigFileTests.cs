using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The file in the home is read at the start and whenever it changes.</summary>
public sealed class ConfigFileTests : Scenario
{
    private const string Running = "{ command: sleep 300, autostart: true, ready: 50ms }";

    private string Yaml => Path.Combine(Home.Root, "ziggie.yaml");

    [Fact]
    public async Task What_it_says_is_there_with_the_first_answer_beside_the_seeds()
    {
        await WriteAsync($"services:\n  web: {Running}\n  comfyui: {{ command: sleep 300, description: Mine }}");

        var daemon = await Home.StartAsync();

        Assert.Equal(["comfyui", "control-center-backend", "control-center-frontend", "kb-scheduler", "web"], await daemon.NamesAsync());
        Assert.Equal(($"file:{Yaml}", "Mine"), (await OriginAsync(daemon, "comfyui"), (await daemon.Service("comfyui").StatusAsync()).Text("description")));
        Assert.Equal("seed", await OriginAsync(daemon, "kb-scheduler"));
        var pid = (await daemon.Service("web").UntilAsync(s => s.Status() == "running", "runs")).Pid();
        Assert.Equal("1 added, 1 changed.", (await daemon.ConfigAsync()).Text("summary"));

        // Nothing changes with the next daemon, which takes the process back.
        await daemon.KillAsync();
        daemon = await Home.StartAsync();
        Assert.Equal(pid, await daemon.Service("web").PidAsync());
        Assert.StartsWith("Nothing to change", (await daemon.ConfigAsync()).Text("summary"));
    }

    [Fact]
    public async Task A_change_takes_effect_and_a_broken_file_changes_nothing_until_it_is_mended()
    {
        var daemon = await Home.StartAsync();
        Assert.False((await daemon.ConfigAsync()).GetProperty("exists").GetBoolean());

        await WriteAsync($"services:\n  web: {Running}");
        await daemon.UntilConfigAsync(c => c.Text("summary") == "1 added.", "the file is applied");
        var pid = (await daemon.Service("web").UntilAsync(s => s.Status() == "running", "runs")).Pid();

        await WriteAsync($"services:\n  web: {Running}\n  db: {{ comand: x }}");
        var broken = await daemon.UntilConfigAsync(c => c.GetProperty("errors").GetArrayLength() > 0, "the file is found to be broken");
        Assert.Equal((Yaml, 3), (broken.GetProperty("errors")[0].Text("file"), broken.GetProperty("errors")[0].GetProperty("line").GetInt32()));
        Assert.Equal("1 added.", broken.Text("summary"));
        await WriteAsync("");
        await daemon.UntilConfigAsync(c => c.ToString().Contains("The file is empty"), "the file is found to be empty");
        Assert.Equal(pid, await daemon.Service("web").PidAsync());
        Assert.Equal(1, (await DaemonLogAsync()).Split("The file is empty").Length - 1);

        await ReplaceAsync("services:\n  web: { command: sleep 301, autostart: true, ready: 50ms }\n  db: { command: sleep 300 }");
        await daemon.UntilConfigAsync(c => c.Text("summary") == "1 added, 1 changed (1 restarted)." && c.GetProperty("errors").GetArrayLength() == 0, "the mended file is applied");
        await daemon.Service("web").UntilAsync(s => s.Pid() is { } now && now != pid && s.Status() == "running", "runs anew");
    }

    [Fact]
    public async Task A_file_that_vanishes_takes_no_service_with_it()
    {
        await WriteAsync($"services:\n  web: {Running}");
        var daemon = await Home.StartAsync();
        var pid = (await daemon.Service("web").UntilAsync(s => s.Status() == "running", "runs")).Pid();

        File.Delete(Yaml);

        var config = await daemon.UntilConfigAsync(c => c.Text("message") is not null, "it is said that the file is gone");
        Assert.Contains("The service that it defined stays as it is", config.Text("message"));
        Assert.False(config.GetProperty("exists").GetBoolean());
        Assert.Equal(pid, await daemon.Service("web").PidAsync());
        await Wait.UntilAsync(async () => (await DaemonLogAsync()).Contains("is not there", StringComparison.Ordinal), "the log says it");
        await WriteAsync("services: {}");
        await Wait.UntilAsync(async () => !(await daemon.NamesAsync()).Contains("web"), "the service is removed");
        Assert.False(Proc.Exists(pid!.Value));
    }

    [Fact]
    public async Task Included_files_come_change_and_go()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Home.Root, "conf.d")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "one.yaml"), "services: { one: { command: sleep 1 } }");
        await WriteAsync("include: conf.d/*.yaml");
        var daemon = await Home.StartAsync();
        Assert.Equal($"file:{folder}/one.yaml", await OriginAsync(daemon, "one"));

        await File.WriteAllTextAsync(Path.Combine(folder, "two.yaml"), "services: { two: { command: sleep 1, depends_on: one } }");
        await Wait.UntilAsync(async () => (await daemon.NamesAsync()).Contains("two"), "the second file is read");
        await File.WriteAllTextAsync(Path.Combine(folder, "one.yaml"), "services: { one: { command: sleep 2, description: Changed } }");
        await daemon.Service("one").UntilAsync(s => s.Text("description") == "Changed", "is changed");
        File.Delete(Path.Combine(folder, "one.yaml"));
        var config = await daemon.UntilConfigAsync(c => c.GetProperty("errors").GetArrayLength() > 0, "what it would break is refused");
        Assert.Contains("There is no service 'one'.", config.ToString());
        Assert.Contains("one", await daemon.NamesAsync());
        File.Delete(Path.Combine(folder, "two.yaml"));
        await Wait.UntilAsync(async () => !(await daemon.NamesAsync()).Any(n => n is "one" or "two"), "both are removed");
    }

    [Fact]
    public async Task What_it_defines_is_changed_there_or_taken_over_with_force()
    {
        await WriteAsync("services:\n  web: { command: sleep 300 }\n  db: { command: sleep 300 }");
        var daemon = await Home.StartAsync();

        Assert.Contains(Yaml, (await daemon.Owner.PutAsync("/api/services/web", new { command = "sleep 1" })).Problem(409, "managed_by_file").Text("detail"));
        (await daemon.Owner.DeleteAsync("/api/services/db")).Problem(409, "managed_by_file");
        (await daemon.Owner.PutAsync("/api/services/web?force=true", new { command = "sleep 1" })).Ok();
        (await daemon.Owner.DeleteAsync("/api/services/db?force=true")).Ok();
        Assert.Equal("api", await OriginAsync(daemon, "web"));

        var applied = (await daemon.Owner.PostAsync("/api/config/apply")).Ok();
        Assert.Equal(["db added", "web changed"], applied.Actions());
        Assert.Equal($"file:{Yaml}", await OriginAsync(daemon, "web"));
    }

    [Fact]
    public async Task Without_watching_it_is_applied_on_request_only()
    {
        var file = Home.In("elsewhere.yaml");
        await File.WriteAllTextAsync(file, "services: { web: { command: sleep 300, cwd: . } }");
        var daemon = await Home.StartAsync("--Config:Watch=false", $"--Config:File={file}");
        Assert.DoesNotContain("web", await daemon.NamesAsync());
        Assert.Equal((file, false), ((await daemon.ConfigAsync()).Text("file"), (await daemon.ConfigAsync()).GetProperty("watch").GetBoolean()));

        (await daemon.Owner.PostAsync("/api/config/apply")).Ok();

        Assert.Equal($"file:{file}", await OriginAsync(daemon, "web"));
        await daemon.Service("web").StartAsync();
    }

    private Task WriteAsync(string yaml) => File.WriteAllTextAsync(Yaml, yaml);

    /// <summary>As editors do that write beside and rename.</summary>
    private async Task ReplaceAsync(string yaml)
    {
        await File.WriteAllTextAsync(Yaml + "~", yaml);
        File.Move(Yaml + "~", Yaml, overwrite: true);
    }

    private static async Task<string?> OriginAsync(RealDaemon daemon, string name) => (await daemon.Service(name).StatusAsync()).Text("origin");

    private async Task<string> DaemonLogAsync()
    {
        var text = "";
        foreach (var file in Directory.GetFiles(Path.Combine(Home.Root, "logs", ".daemon")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            text += await reader.ReadToEndAsync();
        }

        return text;
    }
}
