using Xunit;
using Ziggie.Actors;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class ServiceDefinitionTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _admin = await _daemon.AdminAsync();
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task A_service_is_created_replaced_and_deleted()
    {
        var created = await _admin.PostAsync("/api/services", new { name = "Web", command = "sleep 1000", port = 8000 });
        Assert.Equal("web", created.Ok(201).GetProperty("name").GetString());
        Assert.Equal("/api/services/web", created.Headers.Location?.ToString());
        Assert.Equal(8000, created.Json.GetProperty("definition").GetProperty("port").GetInt32());

        var replaced = (await _admin.PutAsync("/api/services/WEB", new { command = "sleep 2000", description = "New" })).Ok();
        Assert.Equal("New", replaced.GetProperty("description").GetString());
        Assert.Equal(1, replaced.GetProperty("id").GetInt32());

        Assert.Equal("""{"success":true,"message":"Service 'web' was removed"}""", (await _admin.DeleteAsync("/api/services/1?force=true")).Text);
        (await _admin.GetAsync("/api/services/web")).Problem(404, "unknown_service");
        Assert.Equal(["create web by admin", "replace web by admin", "remove(True) web by admin"], _daemon.Services.Heard);
    }

    [Fact]
    public async Task What_stands_against_it_is_said()
    {
        _daemon.Services.Add("web");
        await _daemon.Services.StartAsync("web", "test");

        (await _admin.PostAsync("/api/services", new { name = "web", command = "x" })).Problem(409, "conflict");
        (await _admin.DeleteAsync("/api/services/web")).Problem(400, "already_running");
        (await _admin.DeleteAsync("/api/services/web?force=perhaps")).Invalid("force");
        (await _admin.DeleteAsync("/api/services/other")).Problem(404, "unknown_service");
        (await _admin.PutAsync("/api/services/other", new { command = "x" })).Problem(404, "unknown_service");
        _daemon.Services.Scripted["full"] = new CommandReply.Refused(RefusalCode.StoreFailed, "The disk is full.");
        (await _admin.PostAsync("/api/services", new { name = "full", command = "x" })).Problem(503, "store_failed");
    }

    [Fact]
    public async Task Only_with_force_is_a_service_taken_over_from_the_file_that_defines_it()
    {
        _daemon.Services.Add("web");
        (await _admin.PutAsync("/api/services/web?force=true", new { command = "x" })).Ok();
        (await _admin.PutAsync("/api/services/web?force=perhaps", new { command = "x" })).Invalid("force");
        Assert.Equal(["take over web by admin"], _daemon.Services.Heard);
        _daemon.Services.Scripted["web"] = new CommandReply.Refused(RefusalCode.ManagedByFile, "Service 'web' is defined in /etc/ziggie.yaml.");
        (await _admin.PutAsync("/api/services/web", new { command = "x" })).Problem(409, "managed_by_file");
        (await _admin.DeleteAsync("/api/services/web")).Problem(409, "managed_by_file");
    }

    [Fact]
    public async Task Every_mistake_in_a_definition_is_named_by_its_field()
    {
        var problem = (await _admin.PostAsync("/api/services", new { name = "w b", command = "x", port = 70000, prot = 1 }))
            .Problem(422, "invalid_definition");

        var errors = problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ToArray();
        Assert.Contains("port", errors);
        Assert.Contains("prot", errors);
        Assert.Contains("name", errors);
        Assert.Empty(_daemon.Services.Heard);
    }

    [Fact]
    public async Task The_name_in_the_body_must_be_the_one_in_the_route()
    {
        _daemon.Services.Add("web");
        (await _admin.PutAsync("/api/services/web", new { name = "other", command = "x" })).Problem(422, "invalid_definition");
        (await _admin.PutAsync("/api/services/web", new { name = "WEB", command = "x" })).Ok();
    }

    [Theory]
    [InlineData("{\"name\":", 400, "malformed_json")]
    [InlineData("", 400, "malformed_json")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\",\"command\":\"x\"}", 400, "malformed_json")]
    [InlineData("[1]", 422, "invalid_parameter")]
    [InlineData("null", 422, "invalid_parameter")]
    public async Task A_body_that_is_no_object_is_refused(string body, int status, string code) =>
        (await _admin.SendAsync(HttpMethod.Post, "/api/services", ApiClient.Text(body))).Problem(status, code);

    [Fact]
    public async Task The_place_of_a_slip_in_the_json_is_named()
    {
        var answer = await _admin.SendAsync(HttpMethod.Post, "/api/services", ApiClient.Text("{\n  \"name\": web\n}"));
        Assert.Contains("line 2", answer.Problem(400, "malformed_json").GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Other_types_and_bodies_without_measure_are_refused()
    {
        (await _admin.SendAsync(HttpMethod.Post, "/api/services", ApiClient.Text("name: web", "application/yaml")))
            .Problem(415, "unsupported_media_type");
        (await _admin.SendAsync(HttpMethod.Post, "/api/services", null)).Problem(415, "unsupported_media_type");
        var large = "{\"name\":\"web\",\"description\":\"" + new string('x', 1_100_000) + "\"}";
        (await _admin.SendAsync(HttpMethod.Post, "/api/services", ApiClient.Text(large))).Problem(413, "too_large");
    }
}
