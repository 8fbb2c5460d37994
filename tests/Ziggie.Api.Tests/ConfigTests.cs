using System.Text.Json;
using Xunit;
using Ziggie.Actors;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

/// <summary>Plan and apply over the API, and the state of the daemon's file.</summary>
public sealed class ConfigTests : IAsyncLifetime
{
    private const string Yaml = """
        services:
          web: { command: python3 -m http.server 8000, port: 8000, autostart: true, env: { API_TOKEN: s3cret } }
          db: { command: ./db }
        """;

    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;

    private string File => Path.Combine(_daemon.Home, "ziggie.yaml");

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _admin = await _daemon.AdminAsync();
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task A_set_is_planned_and_applied_and_then_there_is_nothing_to_change()
    {
        _daemon.Services.Add("other");

        var plan = (await PostAsync("plan", Yaml)).Ok();
        Assert.Equal("2 to add.", plan.GetProperty("summary").GetString());
        Assert.True(plan.GetProperty("dry_run").GetBoolean());
        Assert.Equal("apply:default", plan.GetProperty("source").GetString());
        Assert.Equal(["db added False", "web added True"], Told(plan, "starts"));
        Assert.Single(_daemon.Services.Current.Services);

        var applied = (await PostAsync("apply", Yaml)).Ok();
        Assert.Equal("2 added.", applied.GetProperty("summary").GetString());
        Assert.Equal(["db added True", "web added True"], Told(applied, "ok"));
        Assert.Equal("apply:default", (await _admin.GetAsync("/api/services/web/status")).Ok().GetProperty("origin").GetString());
        Assert.Equal("api", (await _admin.GetAsync("/api/services/other/status")).Ok().GetProperty("origin").GetString());
        Assert.Equal("Nothing to change: all 2 services are as defined.", (await PostAsync("plan", Yaml)).Ok().GetProperty("summary").GetString());
        Assert.Equal(["apply:default by admin"], _daemon.Config.Heard);
    }

    [Fact]
    public async Task A_change_names_each_key_with_both_values_and_no_secret()
    {
        (await PostAsync("apply?source=Shop", Yaml)).Ok();

        var plan = await PostAsync("apply?source=shop&dry_run=true", "services: { web: { command: python3 -m http.server 8000, port: 8001, env: { API_TOKEN: other } } }");

        var web = plan.Ok().GetProperty("services").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "web");
        Assert.Equal(
            """[{"key":"env.API_TOKEN","old":"********","new":"********"},{"key":"port","old":8000,"new":8001},{"key":"autostart","old":true,"new":false}]""",
            web.GetProperty("changes").GetRawText());
        Assert.True(web.GetProperty("needs_restart").GetBoolean());
        Assert.Equal("1 to change (1 to restart), 1 to remove.", plan.Json.GetProperty("summary").GetString());
        Assert.DoesNotContain("s3cret", plan.Text);
        Assert.Equal(2, _daemon.Services.Current.Services.Count);
    }

    [Fact]
    public async Task What_failed_to_start_is_told_and_the_set_is_stored_all_the_same()
    {
        _daemon.Config.Outcomes["web"] = new CommandReply.Refused(RefusalCode.StartFailed, "Service 'web' failed to start: Exited with code 3.");

        var applied = (await PostAsync("apply", Yaml)).Ok();

        Assert.False(applied.GetProperty("success").GetBoolean());
        Assert.Equal("2 added. 1 has failed to start.", applied.GetProperty("summary").GetString());
        Assert.Contains("Exited with code 3", applied.GetProperty("services")[1].GetProperty("message").GetString());
        var later = (await PostAsync("apply?wait=false&source=b&force=true", Yaml)).Ok();
        Assert.Equal(["db changed ", "web changed "], Told(later, "ok"));
        Assert.True(later.GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task Mistakes_are_told_with_their_places_and_change_nothing()
    {
        var problem = (await PostAsync("apply", "services:\n  web:\n    comand: x\n  db: { command: x, port: 0, depends_on: wbe }")).Problem(422, "invalid_definition");

        Assert.Contains("Line 3, column 5: services.web.comand: 'comand' is no key of a service. Did you mean 'command'?", problem.GetProperty("detail").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty("services.db.port", out _));
        var port = problem.GetProperty("definition_errors").EnumerateArray().Single(e => e.GetProperty("field").GetString() == "port");
        Assert.Equal((4, 27, "db"), (port.GetProperty("line").GetInt32(), port.GetProperty("column").GetInt32(), port.GetProperty("service").GetString()));
        var graph = (await PostAsync("plan", "services:\n  db: { command: x, depends_on: wbe }")).Problem(422, "invalid_definition").GetProperty("definition_errors")[0];
        Assert.Equal((2, "There is no service 'wbe'."), (graph.GetProperty("line").GetInt32(), graph.GetProperty("message").GetString()));
        Assert.Empty(_daemon.Config.Heard);
        Assert.Empty(_daemon.Services.Current.Services);
    }

    [Theory]
    [InlineData("services: [", 422, "invalid_definition")]
    [InlineData("include: /etc/passwd", 422, "invalid_definition")]
    [InlineData("services: { a: { command: x, cwd: here } }", 422, "invalid_definition")]
    public async Task A_body_that_cannot_be_is_refused(string yaml, int status, string code) => (await PostAsync("plan", yaml)).Problem(status, code);

    [Fact]
    public async Task Other_types_too_much_and_bad_parameters_are_refused()
    {
        (await _admin.SendAsync(HttpMethod.Post, "/api/config/plan", ApiClient.Text(Yaml))).Problem(415, "unsupported_media_type");
        (await PostAsync("plan", "# " + new string('x', 1_100_000))).Problem(413, "too_large");
        (await _admin.SendAsync(HttpMethod.Post, "/api/config/plan", new ByteArrayContent([0x61, 0xff]) { Headers = { ContentType = new("application/yaml") } })).Problem(400, "bad_request");
        (await PostAsync("plan?source=a%20b", Yaml)).Invalid("source");
        (await PostAsync("apply?wait=perhaps&dry_run=perhaps", Yaml)).Invalid("wait", "dry_run");
        (await _admin.PostAsync("/api/config/apply?source=shop")).Invalid("source");
        (await _admin.PostAsync("/api/config/plan")).Problem(404, "config_file_missing");
        (await _admin.PostAsync("/api/config/apply")).Problem(404, "config_file_missing");
    }

    [Fact]
    public async Task The_mark_of_utf_8_before_a_body_is_passed_over() =>
        Assert.Equal("2 to add.", (await PostAsync("plan", "\uFEFF" + Yaml)).Ok().GetProperty("summary").GetString());

    [Fact]
    public async Task A_folder_in_the_place_of_the_file_is_said_to_be_one()
    {
        Directory.CreateDirectory(File);
        Assert.Contains("is a folder", (await _admin.PostAsync("/api/config/apply")).Problem(422, "invalid_definition").ToString());
    }

    [Fact]
    public async Task What_belongs_to_a_file_or_another_source_is_left_alone_without_force()
    {
        _daemon.Services.Add("web");
        _daemon.Services.Change("web", v => v with { Origin = "file:/etc/ziggie.yaml" });

        Assert.Contains("/etc/ziggie.yaml", (await PostAsync("apply", Yaml)).Problem(409, "managed_by_file").GetProperty("detail").GetString());
        (await PostAsync("apply?force=true&source=a", Yaml)).Ok();
        (await PostAsync("apply?source=b", Yaml)).Problem(409, "conflict");
    }

    [Fact]
    public async Task Without_a_body_the_file_in_the_home_is_meant_and_its_state_is_shown()
    {
        var status = (await _admin.GetAsync("/api/config")).Ok();
        Assert.Equal((File, false, JsonValueKind.Null, 0),
            (status.GetProperty("file").GetString()!, status.GetProperty("exists").GetBoolean(), status.GetProperty("applied_at").ValueKind, status.GetProperty("errors").GetArrayLength()));

        await System.IO.File.WriteAllTextAsync(File, Yaml);
        Assert.Equal("2 to add.", (await _admin.PostAsync("/api/config/plan")).Ok().GetProperty("summary").GetString());
        var applied = (await _admin.PostAsync("/api/config/apply")).Ok();
        Assert.Equal($"file:{File}", applied.GetProperty("services")[0].GetProperty("origin").GetString());
        status = (await _admin.GetAsync("/api/config")).Ok();
        Assert.Equal("2 added.", status.GetProperty("summary").GetString());
        Assert.Equal([File], status.GetProperty("files").EnumerateArray().Select(f => f.GetString()));
        var at = status.GetProperty("applied_at").GetString();

        await System.IO.File.WriteAllTextAsync(File, "services:\n  web: { comand: x }");
        (await _admin.PostAsync("/api/config/apply")).Problem(422, "invalid_definition");
        status = (await _admin.GetAsync("/api/config")).Ok();
        Assert.Equal((File, 2), (status.GetProperty("errors")[0].GetProperty("file").GetString()!, status.GetProperty("errors")[0].GetProperty("line").GetInt32()));
        Assert.Equal(at, status.GetProperty("applied_at").GetString());
        Assert.Equal(2, _daemon.Services.Current.Services.Count);
    }

    [Fact]
    public async Task Only_admins_plan_and_apply_and_the_schema_is_for_all()
    {
        var user = await _daemon.UserAsync("user");
        foreach (var verb in new[] { "plan", "apply" })
            (await user.SendAsync(HttpMethod.Post, $"/api/config/{verb}", ApiClient.Text(Yaml, "application/yaml"))).Problem(403, "forbidden");
        (await user.GetAsync("/api/config")).Ok();
        (await _daemon.Anonymous().GetAsync("/api/config")).Problem(401, "unauthenticated");
        var schema = await _daemon.Anonymous().GetAsync("/api/config/schema");
        Assert.Equal((200, "application/schema+json"), (schema.Status, schema.Type));
        Assert.True(schema.Json.GetProperty("$defs").TryGetProperty("service", out _));
    }

    private Task<Answer> PostAsync(string path, string yaml) =>
        _admin.SendAsync(HttpMethod.Post, $"/api/config/{path}", ApiClient.Text(yaml, "application/yaml"));

    private static string[] Told(JsonElement answer, string field) =>
        [.. answer.GetProperty("services").EnumerateArray().Select(s => $"{s.GetProperty("name").GetString()} {s.GetProperty("action").GetString()} {s.GetProperty(field)}")];
}
