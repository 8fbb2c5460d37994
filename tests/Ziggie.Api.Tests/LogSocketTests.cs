using System.Net.WebSockets;
using System.Text.Json;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Tests;

public sealed class LogSocketTests : IAsyncLifetime
{
    private const string Path = "/api/services/web/logs/ws";
    private const string NoToken = "Authentication required: No token provided";
    private const string BadToken = "Authentication failed: Invalid token";

    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;
    private Printer _web = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartWithLogsAsync();
        _admin = await _daemon.AdminAsync();
        _daemon.Services.Add("web");
        _web = new Printer(_daemon.Logs!, "web", new LogLimits { MaxSize = 100_000, MaxFiles = 2, Compress = false });
    }

    public async Task DisposeAsync()
    {
        _web.Dispose();
        await _daemon.DisposeAsync();
    }

    [Fact]
    public async Task A_line_is_an_object_and_many_are_an_array()
    {
        await using var client = await ConnectAsync($"token={_admin.Token}&lines=0");
        await _web.PrintAsync("one \0 \u001b[0m\n");
        var line = (await client.NextAsync())!.Value;
        Assert.Equal(["type", "id", "position", "time", "text"], line.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("line", "11", "one \0 \u001b[0m"), (line.GetProperty("type").GetString(), line.GetProperty("id").GetString(), line.GetProperty("text").GetString()));

        await _web.PrintAsync(string.Concat(Enumerable.Range(1, 2000).Select(n => $"{n}\n")));
        await using var late = await ConnectAsync($"token={_admin.Token}&position=11");
        var first = (await late.NextAsync())!.Value;
        Assert.Equal(JsonValueKind.Array, first.ValueKind);

        foreach (var (reader, texts) in new[] { (client, new List<string?>()), (late, [.. first.EnumerateArray().Select(TextOf)]) })
        {
            while (texts.Count < 2000) texts.AddRange(Each((await reader.NextAsync())!.Value).Select(TextOf));
            Assert.Equal(Enumerable.Range(1, 2000).Select(n => n.ToString()), texts);
        }
    }

    [Fact]
    public async Task What_was_rotated_away_is_a_gap()
    {
        await _web.PrintAsync(string.Concat(Enumerable.Range(1, 100_000).Select(n => $"{n}\n")));
        await Printer.TidiedAsync(_daemon, "web", 2);
        await using var client = await ConnectAsync($"token={_admin.Token}&position=0");

        var messages = Each((await client.NextAsync())!.Value).ToList();

        Assert.Equal("gap", messages[0].GetProperty("type").GetString());
        Assert.Equal(messages[1].GetProperty("position").GetInt64(), messages[0].GetProperty("missed_bytes").GetInt64());
        Assert.Equal("rotated", messages[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("", NoToken)]
    [InlineData("token=nonsense", BadToken)]
    [InlineData("lines=x", NoToken)]
    public async Task Without_a_good_token_it_closes_with_1008_and_the_sentence(string query, string reason)
    {
        await using var client = await ConnectAsync(query);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, reason), await client.UntilClosedAsync());
        // Nobody learns so what services there are.
        await using var other = await WatchClient.ConnectToAsync(_daemon, "/api/services/unknown/logs/ws", query);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, reason), await other.UntilClosedAsync());
    }

    [Fact]
    public async Task It_closes_with_the_reason_when_the_token_the_service_or_the_daemon_ends()
    {
        await _web.PrintAsync("one\n");
        var ann = await _daemon.UserAsync("readonly");
        var name = (await ann.GetAsync("/api/auth/me")).Ok().GetProperty("username").GetString();
        await using var hers = await ConnectAsync($"token={ann.Token}");
        await using var mine = await ConnectAsync($"token={_admin.Token}");
        (await _admin.DeleteAsync($"/api/auth/users/{name}")).Ok();
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, BadToken), await hers.UntilClosedAsync());

        _daemon.Logs!.Remove("web");
        Assert.Equal((WebSocketCloseStatus.NormalClosure, "The service was removed"), await mine.UntilClosedAsync());

        await using var last = await ConnectAsync($"token={_admin.Token}");
        _daemon.Lifetime.RequestStop("test");
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "The daemon is stopping"), await last.UntilClosedAsync());
    }

    [Fact]
    public async Task A_client_may_leave_at_any_time()
    {
        await using var client = await ConnectAsync($"token={_admin.Token}");
        await client.SayAsync("anything");
        await client.CloseAsync();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        await using (await ConnectAsync($"token={_admin.Token}")) { }
        await _web.PrintAsync("on\n");
        (await _admin.GetAsync("/api/services/web/logs")).Ok();
    }

    [Fact]
    public async Task What_is_no_websocket_or_does_not_fit_is_told_so()
    {
        (await _admin.GetAsync(Path)).Problem(400, "websocket_required");
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync($"token={_admin.Token}&lines=x"));
        await Assert.ThrowsAsync<WebSocketException>(() => WatchClient.ConnectToAsync(_daemon, "/api/services/unknown/logs/ws", $"token={_admin.Token}"));
    }

    private Task<WatchClient> ConnectAsync(string query) => WatchClient.ConnectToAsync(_daemon, Path, query);

    private static IEnumerable<JsonElement> Each(JsonElement message) =>
        message.ValueKind is JsonValueKind.Array ? message.EnumerateArray() : [message];

    private static string? TextOf(JsonElement line) => line.GetProperty("text").GetString();
}
