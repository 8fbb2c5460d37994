using System.Text.Json;
using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class ServiceQueryTests : IAsyncLifetime
{
    private static readonly string[] Fields =
    [
        "id", "name", "description", "status", "health", "pid", "port", "is_system", "origin", "created_at", "updated_at", "phase", "reason",
        "status_text", "health_message", "desired", "ready", "uptime_seconds", "started_at", "last_exit", "restarts", "groups", "cpu_percent", "memory_bytes", "next_restart_at", "next_run_at", "restart_required",
    ];

    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _admin = await _daemon.AdminAsync();
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task The_list_has_the_documented_shape_in_the_order_of_names()
    {
        foreach (var name in (string[])["kb", "api", "web"]) _daemon.Services.Add(name);

        var list = (await _admin.GetAsync("/api/services")).Ok();

        Assert.Equal(["success", "services", "count", "meta"], list.EnumerateObject().Select(p => p.Name));
        Assert.True(list.GetProperty("success").GetBoolean());
        Assert.Equal(["api", "kb", "web"], Names(list));
        Assert.Equal(3, list.GetProperty("count").GetInt32());
        Assert.Equal("""{"page":1,"page_size":50,"total":3,"pages":1,"has_next":false,"has_prev":false}""", list.GetProperty("meta").GetRawText());
        Assert.Equal(Fields, list.GetProperty("services")[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task An_empty_list_has_no_pages() =>
        Assert.Equal("""{"success":true,"services":[],"count":0,"meta":{"page":1,"page_size":50,"total":0,"pages":0,"has_next":false,"has_prev":false}}""",
            (await _admin.GetAsync("/api/services")).Text);

    [Theory]
    [InlineData("page=1&page_size=2", "a b", 1, true, false)]
    [InlineData("page=2&page_size=2", "c d", 2, true, true)]
    [InlineData("page=3&page_size=2", "e", 3, false, true)]
    [InlineData("page=4&page_size=2", "", 4, false, true)]
    [InlineData("page=2147483647&page_size=200", "", 2147483647, false, true)]
    [InlineData("page=1&page_size=5", "a b c d e", 1, false, false)]
    [InlineData("page_size=2&offset=1", "b c", 1, true, true)]
    [InlineData("page_size=2&offset=4", "e", 3, false, true)]
    [InlineData("page_size=2&offset=0", "a b", 1, true, false)]
    [InlineData("page=3&page_size=2&offset=2", "c d", 2, true, true)]
    [InlineData("page_size=2&offset=99", "", 50, false, true)]
    [InlineData("page=1&page_size=2&offset=", "a b", 1, true, false)]
    public async Task Pages_and_offsets_hold_at_the_edges(string query, string expected, int page, bool hasNext, bool hasPrev)
    {
        foreach (var name in (string[])["a", "b", "c", "d", "e"]) _daemon.Services.Add(name);

        var list = (await _admin.GetAsync($"/api/services?{query}")).Ok();

        Assert.Equal(expected, string.Join(' ', Names(list)));
        var meta = list.GetProperty("meta");
        Assert.Equal((page, hasNext, hasPrev, 5), (meta.GetProperty("page").GetInt32(), meta.GetProperty("has_next").GetBoolean(),
            meta.GetProperty("has_prev").GetBoolean(), meta.GetProperty("total").GetInt32()));
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=1.5", "page")]
    [InlineData("page=99999999999", "page")]
    [InlineData("page_size=0", "page_size")]
    [InlineData("page_size=201", "page_size")]
    [InlineData("offset=-1", "offset")]
    [InlineData("status=sleeping", "status")]
    [InlineData("page=1&page=2", "page")]
    [InlineData("page=0&page_size=0&status=x", "page page_size status")]
    public async Task A_parameter_that_does_not_fit_is_named(string query, string fields) =>
        (await _admin.GetAsync($"/api/services?{query}")).Invalid(fields.Split(' '));

    [Theory]
    [InlineData("search=WEB", "web-1 web-2")]
    [InlineData("search=shop", "db")]
    [InlineData("group=Front", "web-1")]
    [InlineData("status=running", "web-2")]
    [InlineData("status=stopped", "db web-1")]
    [InlineData("status=failed", "")]
    [InlineData("search=web&status=stopped", "web-1")]
    public async Task The_list_can_be_narrowed(string query, string expected)
    {
        _daemon.Services.Add("web-1", groups: ["front"]);
        _daemon.Services.Add("web-2");
        _daemon.Services.Add(new ServiceDefinition { Name = "db", Command = ["postgres"], Description = "The Shop's store" });
        await _daemon.Services.StartAsync("web-2", "test");

        var list = (await _admin.GetAsync($"/api/services?{query}")).Ok();

        Assert.Equal(expected, string.Join(' ', Names(list)));
        Assert.Equal(Names(list).Count(), list.GetProperty("meta").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_service_shows_what_is_known_of_it()
    {
        _daemon.Services.Add(new ServiceDefinition { Name = "web", Command = ["x"], Port = 8000, IsSystem = true, Groups = ["front"] });
        await _daemon.Services.StartAsync("web", "test");
        var at = new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.FromHours(1));
        _daemon.Services.Change("web", v => v with
        {
            StartedAt = at,
            StartedSinceBoot = Ziggie.Processes.MachineClock.SinceBoot - TimeSpan.FromSeconds(100),
            LastExit = new LastExit(null, 9, at),
            NextRestartAt = at,
            NextRunAt = at.AddHours(1),
            Restarts = 3,
            Reason = "Said \"so\" – 'here'",
            Health = Health.Healthy,
        });

        var text = (await _admin.GetAsync("/api/services/web/status")).Text;
        var service = JsonDocument.Parse(text).RootElement;

        Assert.Equal(["success", .. Fields], service.EnumerateObject().Select(p => p.Name));
        Assert.InRange(service.GetProperty("uptime_seconds").GetDouble(), 100, 1000);
        Assert.Contains("""
            "started_at":"2026-01-31T12:00:00Z","last_exit":{"code":null,"signal":"SIGKILL","at":"2026-01-31T12:00:00Z"},"restarts":3,"groups":["front"],"cpu_percent":null,"memory_bytes":null,"next_restart_at":"2026-01-31T12:00:00Z","next_run_at":"2026-01-31T13:00:00Z"
            """.Trim(), text);
        Assert.Contains("""
            "status":"running","health":"healthy","pid":1001,"port":8000,"is_system":true
            """.Trim(), text);
        Assert.Contains("""
            "phase":"running","reason":"Said \"so\" – 'here'","status_text":null,"health_message":null,"desired":"up","ready":true
            """.Trim(), text);
    }

    [Fact]
    public async Task One_service_comes_with_its_definition_and_masked_secrets()
    {
        (await _admin.PostAsync("/api/services", new
        {
            name = "web",
            command = "sleep 1000",
            env = new { DB_PASSWORD = "hunter2-in-the-clear", MODE = "fast" },
        })).Ok(201);

        var answer = await _admin.GetAsync("/api/services/web");

        var definition = answer.Ok().GetProperty("definition");
        Assert.Equal(["sleep", "1000"], definition.GetProperty("command").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal("fast", definition.GetProperty("env").GetProperty("MODE").GetString());
        Assert.DoesNotContain("hunter2", answer.Text);
    }

    [Theory]
    [InlineData("WEB")]
    [InlineData("Web")]
    [InlineData("1")]
    public async Task A_service_is_found_in_any_case_and_by_id(string name)
    {
        _daemon.Services.Add("web");

        Assert.Equal("web", (await _admin.GetAsync($"/api/services/{name}")).Ok().GetProperty("name").GetString());
        Assert.Equal("web", (await _admin.GetAsync($"/api/services/{name}/status")).Ok().GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("wbe", "'web'")]
    [InlineData("comf", "'comfyui'")]
    [InlineData("zzz", "GET /api/services")]
    [InlineData("99", "GET /api/services")]
    public async Task An_unknown_service_is_404_with_the_nearest_name(string name, string hint)
    {
        _daemon.Services.Add("web");
        _daemon.Services.Add("comfyui");

        foreach (var path in (string[])["", "/status", "/logs"])
            Assert.Contains(hint, (await _admin.GetAsync($"/api/services/{name}{path}")).Problem(404, "unknown_service").GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("a.b")]
    [InlineData("a%2Fb")]
    [InlineData("%C3%A4")]
    public async Task A_name_that_cannot_be_is_422(string name)
    {
        (await _admin.GetAsync($"/api/services/{name}")).Invalid("name");
        (await _admin.GetAsync($"/api/services/{new string('a', 101)}")).Invalid("name");
    }

    [Fact]
    public async Task Routes_that_are_none_are_problems()
    {
        (await _admin.GetAsync("/api/nothing")).Problem(404, "not_found");
        (await _admin.GetAsync("/api/services/web/nothing")).Problem(404, "not_found");
        var refused = await _admin.SendAsync(HttpMethod.Patch, "/api/services", null);
        refused.Problem(405, "method_not_allowed");
        Assert.Equal(["GET", "POST"], refused.ContentHeaders.Allow.Order());
        Assert.Contains("GET", (await _admin.PostAsync("/api/services/web/logs")).Problem(405, "method_not_allowed").GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_defect_is_a_problem_without_its_inside()
    {
        _daemon.Services.Add("web");
        _daemon.Services.Gate = Task.FromException(new InvalidOperationException("the inside"));

        var answer = await _admin.PostAsync("/api/services/web/start");

        Assert.NotEmpty(answer.Problem(500, "internal_error").GetProperty("trace_id").GetString()!);
        Assert.DoesNotContain("the inside", answer.Text);
        Assert.DoesNotContain("   at ", answer.Text);
    }

    private static IEnumerable<string> Names(JsonElement list) =>
        list.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("name").GetString()!);
}
