using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class HostAndOriginTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;
    private ApiClient _client = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync("--Auth:Hosts=ziggie.lan", "--Auth:Origins=http://localhost:3000, https://panel.lan/");
        _client = _daemon.Anonymous();
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:54112")]
    [InlineData("localhost.evil.example")]
    [InlineData("10.0.0.1")]
    public async Task A_foreign_host_is_refused_everywhere(string host)
    {
        foreach (var path in (string[])["/api/services", "/health/live", "/swagger/index.html", "/api/nothing"])
            (await _client.GetAsync(path, ("Host", host))).Problem(403, "host_refused");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1:54112")]
    [InlineData("[::1]:54112")]
    [InlineData("ziggie.lan")]
    public async Task Names_of_this_machine_and_those_allowed_are_answered(string host) =>
        (await _client.GetAsync("/api/services", ("Host", host))).Ok();

    [Fact]
    public async Task The_socket_has_no_host_to_check() => (await _daemon.Local().GetAsync("/api/services")).Ok();

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost:9")]
    [InlineData("https://127.0.0.1")]
    [InlineData("null")]
    [InlineData("http://localhost:30000")]
    public async Task A_foreign_origin_is_refused(string origin)
    {
        (await _client.GetAsync("/api/services", ("Origin", origin))).Problem(403, "origin_refused");
        (await _client.SendAsync(HttpMethod.Options, "/api/services", null, ("Origin", origin), ("Access-Control-Request-Method", "POST")))
            .Problem(403, "origin_refused");
    }

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("https://panel.lan")]
    [InlineData("http://127.0.0.1:PORT")]
    [InlineData("http://localhost:PORT")]
    [InlineData("http://[::1]:PORT")]
    public async Task Own_and_allowed_origins_may_use_the_api(string template)
    {
        var origin = template.Replace("PORT", _daemon.Address.Port.ToString());

        var answer = await _client.GetAsync("/api/services", ("Origin", origin));
        var preflight = await _client.SendAsync(HttpMethod.Options, "/api/services/web/start", null,
            ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization"));

        answer.Ok();
        Assert.Equal(origin, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(204, preflight.Status);
        Assert.Equal(origin, Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Answers_are_not_kept_and_not_guessed_at()
    {
        var answer = await _client.GetAsync("/api/services");
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
