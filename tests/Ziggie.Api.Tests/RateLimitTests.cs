using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Too_many_requests_to_a_route_are_told_when_to_come_back()
    {
        await using var daemon = await FakeDaemon.StartAsync("--RateLimits:Enabled=true", "--RateLimits:read=3", "--RateLimits:command=2");
        daemon.Services.Add("web");
        var admin = await daemon.AdminAsync();
        for (var i = 0; i < 3; i++) (await admin.GetAsync("/api/services")).Ok();
        for (var i = 0; i < 2; i++) (await admin.PostAsync("/api/services/web/start")).Ok();

        var refused = await admin.GetAsync("/api/services");

        refused.Problem(429, "rate_limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        (await admin.PostAsync("/api/services/WEB/start")).Problem(429, "rate_limited");
        // Other routes, other users, those without a token and the socket each have their own.
        (await admin.PostAsync("/api/services/web/stop")).Ok();
        (await (await daemon.UserAsync("readonly")).GetAsync("/api/services")).Ok();
        (await daemon.Anonymous().GetAsync("/api/services")).Ok();
        for (var i = 0; i < 5; i++) (await daemon.Local().GetAsync("/api/services")).Ok();
        for (var i = 0; i < 10; i++) (await admin.GetAsync("/health/live")).Ok();
    }

    [Fact]
    public async Task Signing_in_is_limited_by_address_whoever_it_is()
    {
        await using var daemon = await FakeDaemon.StartAsync("--RateLimits:Enabled=true");
        var client = daemon.Anonymous();
        for (var i = 0; i < 10; i++)
            (await client.PostAsync("/api/auth/login", new { username = $"user{i}", password = "wrong" })).Problem(401, "login_failed");

        (await client.PostAsync("/api/auth/login", new { username = "admin", password = Daemon.AdminPassword })).Problem(429, "rate_limited");
        client.Token = "another one each time";
        (await client.PostAsync("/api/auth/login", new { username = "admin", password = Daemon.AdminPassword })).Problem(429, "rate_limited");
    }

    [Fact]
    public async Task Guessing_at_tokens_is_limited_too()
    {
        await using var daemon = await FakeDaemon.StartAsync("--RateLimits:Enabled=true", "--RateLimits:read=2");
        var client = daemon.Anonymous();
        for (var i = 0; i < 2; i++)
        {
            client.Token = $"guess{i}";
            (await client.GetAsync("/api/auth/me")).Problem(401, "unauthenticated");
        }

        (await client.GetAsync("/api/auth/me")).Problem(429, "rate_limited");
    }
}
