using System.Net.WebSockets;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>Who may not is refused, on every route; and what is secret is shown to nobody.</summary>
public sealed class SafetyTests : Scenario
{
    private const string Secret = "s3cr3t-of-the-test";

    // What is open without a token is written down here: a new route is closed, or this test is red.
    private static readonly string[] AlwaysOpen = ["GET /health/live", "GET /health/ready", "POST /api/auth/login", "POST /api/auth/login/form", "GET /api/services/ws", "GET /api/services/{name}/logs/ws"];
    private static readonly string[] OpenToRead = ["GET /metrics", "GET /api/services", "GET /api/services/{name}/status", "GET /api/config/schema"];

    [Theory]
    [InlineData("none")]
    [InlineData("read")]
    public async Task Every_route_refuses_without_a_token_where_one_is_due(string anonymous)
    {
        var daemon = await Home.StartAsync($"--Auth:Anonymous={anonymous}");
        var client = daemon.Anonymous();
        string[] open = anonymous is "read" ? [.. AlwaysOpen, .. OpenToRead] : AlwaysOpen;
        var routes = await RoutesAsync(daemon);
        Assert.Superset(open.ToHashSet(), routes.ToHashSet());
        Assert.True(routes.Count > 15);

        foreach (var route in routes)
        {
            var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
            foreach (var name in new[] { "control-center-frontend", "no-such-service" })
            {
                var answer = await client.SendAsync(new HttpMethod(method), path.Replace("{name}", name).Replace("{username}", "admin"), null);
                if (!open.Contains(route)) answer.Problem(401, "unauthenticated");
                else Assert.NotEqual(401, answer.Status);
            }
        }
        await using var watcher = await WatchClient.ConnectAsync(daemon);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, (await watcher.UntilClosedAsync()).Status);
    }

    [Fact]
    public async Task Roles_are_kept_and_foreign_hosts_and_origins_refused_on_every_route_and_the_socket()
    {
        var daemon = await Home.StartAsync();
        var (reader, user) = (await daemon.UserAsync("readonly"), await daemon.UserAsync("user"));
        var admin = await daemon.AdminAsync();
        foreach (var route in await RoutesAsync(daemon))
        {
            var (method, path) = (new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1].Replace("{name}", "kb-scheduler").Replace("{username}", "nobody"));
            (await admin.SendAsync(method, path, null, ("Host", "rebound.example"))).Problem(403, "host_refused");
            (await admin.SendAsync(method, path, null, ("Origin", "http://evil.example"))).Problem(403, "origin_refused");
            if (method == HttpMethod.Get || path.StartsWith("/api/auth/", StringComparison.Ordinal)) continue;
            (await reader.SendAsync(method, path, null)).Problem(403, "forbidden");
            if (route is "POST /api/services" || method != HttpMethod.Post) (await user.SendAsync(method, path, null)).Problem(403, "forbidden");
        }
        (await user.GetAsync("/api/auth/users")).Problem(403, "forbidden");
        await Assert.ThrowsAsync<WebSocketException>(() => WatchClient.ConnectAsync(daemon, $"token={admin.Token}", ("Origin", "http://evil.example")));
        await Assert.ThrowsAsync<WebSocketException>(() => WatchClient.ConnectAsync(daemon, $"token={admin.Token}", ("Host", "rebound.example")));
    }

    [Fact]
    public async Task Secrets_are_masked_everywhere_and_the_service_has_them()
    {
        var daemon = await Home.StartAsync();
        var admin = await daemon.AdminAsync();
        await using var watcher = await WatchClient.ConnectAsync(daemon, $"token={admin.Token}");
        var created = await admin.PostAsync("/api/services", new
        {
            name = "secretive",
            command = "[ ${#DB_PASSWORD} = 18 ] && echo has it; [ -z \"$ZIGGIE_ADMIN_PASSWORD\" ] && echo not the daemon\\'s; exec sleep 300",
            shell = true,
            env = new Dictionary<string, string> { ["DB_PASSWORD"] = Secret },
            ready = new { grace = "50ms" },
        });
        Assert.DoesNotContain(Secret, created.Text);
        var service = daemon.Service("secretive");
        await service.StartAsync();
        await service.PrintedAsync("has it");
        await service.PrintedAsync("not the daemon's");
        foreach (var path in new[] { "/api/services", "/api/services/secretive", "/api/services/secretive/status" })
            Assert.DoesNotContain(Secret, (await admin.GetAsync(path)).Text);
        var message = await watcher.NextAsync(m => m.ToString().Contains("secretive", StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, message.ToString());
        // A definition that was read with its masks can be written back, and the secret stays.
        var definition = (await admin.GetAsync("/api/services/secretive")).Ok().GetProperty("definition");
        (await admin.PutAsync("/api/services/secretive", definition)).Ok();
        await service.RestartAsync();
        await service.PrintedAsync("has it", 2);
        await daemon.StopAsync();

        foreach (var file in Directory.GetFiles(Path.Combine(Home.Root, "logs"), "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.DoesNotContain(Secret, text);
            Assert.DoesNotContain(admin.Token!, text);
            Assert.DoesNotContain(Daemon.AdminPassword, text);
        }
        foreach (var file in Directory.GetFiles(Home.Root, "*", SearchOption.AllDirectories))
            Assert.False(IsOpenToOthers(file), $"{file} can be read by others.");
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Interoperability", "CA1416", Justification = "The project runs on Linux.")]
    private static bool IsOpenToOthers(string file)
    {
        // A folder that only its owner may enter protects what is in it.
        for (var path = file; path.Length > 1; path = Path.GetDirectoryName(path)!)
        {
            if ((File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute)) == 0) return false;
        }

        return true;
    }

    /// <summary>All that the daemon says it has: "GET /api/services".</summary>
    private static async Task<List<string>> RoutesAsync(RealDaemon daemon)
    {
        var document = (await daemon.Owner.GetAsync("/swagger/v1/swagger.json")).Json;
        return [.. document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))];
    }
}
