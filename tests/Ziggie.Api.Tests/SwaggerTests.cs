using System.Text.Json;
using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class SwaggerTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _document = (await _daemon.Anonymous().GetAsync("/swagger/v1/swagger.json")).Json;
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Theory]
    [InlineData("get /api/services", "200 401 403 422 429 500")]
    [InlineData("post /api/services", "201 400 401 403 409 413 415 422 429 500 503")]
    [InlineData("get /api/services/{name}", "200 401 403 404 422 429 500")]
    [InlineData("put /api/services/{name}", "200 400 401 403 404 409 413 415 422 429 500 503")]
    [InlineData("delete /api/services/{name}", "200 400 401 403 404 409 422 429 500 503 504")]
    [InlineData("get /api/services/{name}/status", "200 401 403 404 422 429 500")]
    [InlineData("post /api/services/{name}/start", "200 400 401 403 404 422 429 500 503 504")]
    [InlineData("post /api/services/{name}/stop", "200 400 401 403 404 422 429 500 503 504")]
    [InlineData("post /api/services/{name}/restart", "200 400 401 403 404 422 429 500 503 504")]
    [InlineData("post /api/services/{name}/signal", "200 400 401 403 404 413 415 422 429 500 503")]
    [InlineData("get /api/services/{name}/metrics", "200 401 403 404 422 429 500")]
    [InlineData("get /api/system/stats", "200 401 403 422 429 500")]
    [InlineData("get /api/system/info", "200 401 403 429 500")]
    [InlineData("get /api/system/processes", "200 401 403 404 422 429 500")]
    [InlineData("get /api/system/ports", "200 401 403 404 422 429 500")]
    [InlineData("get /api/services/{name}/logs", "200 401 403 404 422 429 500")]
    [InlineData("get /api/services/{name}/logs/stream", "200 401 403 404 422 429 500")]
    [InlineData("get /api/services/{name}/logs/ws", "101 400 403 404 422 429 500")]
    [InlineData("get /api/services/{name}/logs/download", "200 401 403 404 422 429 500")]
    [InlineData("post /api/actions", "200 400 401 403 404 413 415 422 429 500 503")]
    [InlineData("get /api/services/{name}/events", "200 401 403 404 422 429 500")]
    [InlineData("get /api/history", "200 401 403 422 429 500")]
    [InlineData("get /api/history/at", "200 401 403 422 429 500")]
    [InlineData("post /api/notifications/test", "200 400 401 403 422 429 500")]
    [InlineData("post /api/daemon/restart", "202 400 401 403 429 500 503")]
    [InlineData("post /api/daemon/stop", "202 401 403 422 429 500 503")]
    [InlineData("post /api/backup", "200 401 403 429 500 503")]
    [InlineData("get /api/backup", "200 401 403 429 500")]
    [InlineData("get /api/backup/export", "200 401 403 429 500 503")]
    [InlineData("post /api/restore", "401 403 409 429 500")]
    [InlineData("get /api/services/ws", "101 400 403 422 429 500")]
    [InlineData("post /api/auth/login", "200 400 401 403 413 415 422 429 500")]
    [InlineData("post /api/auth/login/form", "200 400 401 403 413 415 422 429 500")]
    [InlineData("post /api/auth/link", "201 401 403 404 429 500")]
    [InlineData("get /api/auth/me", "200 401 403 429 500")]
    [InlineData("post /api/auth/change-password", "200 400 401 403 413 415 422 429 500 503")]
    [InlineData("get /api/auth/users", "200 401 403 429 500")]
    [InlineData("post /api/auth/users", "201 400 401 403 409 413 415 422 429 500 503")]
    [InlineData("put /api/auth/users/{username}", "200 400 401 403 404 409 413 415 422 429 500 503")]
    [InlineData("delete /api/auth/users/{username}", "200 401 403 404 409 429 500 503")]
    [InlineData("get /api/config", "200 401 403 429 500")]
    [InlineData("get /api/config/schema", "200 401 403 429 500")]
    [InlineData("post /api/config/plan", "200 400 401 403 404 409 413 415 422 429 500 503 504")]
    [InlineData("post /api/config/apply", "200 400 401 403 404 409 413 415 422 429 500 503 504")]
    [InlineData("get /metrics", "200 401 403 500")]
    [InlineData("get /health/live", "200 403")]
    [InlineData("get /health/ready", "200 403 503")]
    public void Each_route_is_described_with_every_status(string route, string statuses)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        var operation = _document.GetProperty("paths").GetProperty(path).GetProperty(method);
        Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        Assert.Equal(statuses.Split(' '), operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order());
    }

    [Fact]
    public void No_route_is_left_out_of_these_tests()
    {
        var described = typeof(SwaggerTests).GetMethod(nameof(Each_route_is_described_with_every_status))!
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(InlineDataAttribute)).Count();
        Assert.Equal(described, _document.GetProperty("paths").EnumerateObject().Sum(p => p.Value.EnumerateObject().Count()));
    }

    [Fact]
    public void Parameters_bodies_and_schemas_have_the_names_of_the_json()
    {
        var parameters = _document.GetProperty("paths").GetProperty("/api/services").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("schema"));
        Assert.Equal(["page", "page_size", "offset", "search", "status", "group"], parameters.Keys);
        Assert.Equal(200, parameters["page_size"].GetProperty("maximum").GetInt32());
        Assert.Equal(["stopped", "running", "failed"], parameters["status"].GetProperty("enum").EnumerateArray().Select(e => e.GetString()));
        var schemas = _document.GetProperty("components").GetProperty("schemas");
        Assert.True(schemas.GetProperty("ServiceAnswer").GetProperty("properties").TryGetProperty("uptime_seconds", out _));
        Assert.True(schemas.GetProperty("CreateUserRequest").GetProperty("properties").TryGetProperty("full_name", out _));
        Assert.True(schemas.GetProperty("Problem").GetProperty("properties").TryGetProperty("detail", out _));
        var example = _document.GetProperty("paths").GetProperty("/api/services").GetProperty("post").GetProperty("requestBody")
            .GetProperty("content").GetProperty("application/json").GetProperty("example");
        Assert.Equal("web", example.GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_button_authorize_signs_in_where_it_points()
    {
        var schemes = _document.GetProperty("components").GetProperty("securitySchemes");
        var url = schemes.GetProperty("password").GetProperty("flows").GetProperty("password").GetProperty("tokenUrl").GetString()!;
        Assert.Equal("bearer", schemes.GetProperty("Bearer").GetProperty("scheme").GetString());
        var form = ApiClient.Text($"grant_type=password&username=admin&password={Uri.EscapeDataString(Daemon.AdminPassword)}", "application/x-www-form-urlencoded");
        (await _daemon.Anonymous().SendAsync(HttpMethod.Post, url, form, ("Origin", _daemon.Address.GetLeftPart(UriPartial.Authority)))).Ok();

        var locked = _document.GetProperty("paths").GetProperty("/api/services/{name}/start").GetProperty("post").GetProperty("security");
        Assert.Equal(["password", "Bearer"], locked.EnumerateArray().SelectMany(s => s.EnumerateObject().Select(p => p.Name)));
        Assert.False(_document.GetProperty("paths").GetProperty("/api/auth/login").GetProperty("post").TryGetProperty("security", out _));
    }

    [Fact]
    public async Task The_page_is_there()
    {
        var page = await _daemon.Anonymous().GetAsync("/swagger/index.html");
        Assert.Equal(200, page.Status);
        Assert.StartsWith("text/html", page.Type);
    }
}
