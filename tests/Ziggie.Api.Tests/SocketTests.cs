using System.Net.WebSockets;
using System.Text.Json;
using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class SocketTests : IAsyncLifetime
{
    private const string NoToken = "Authentication required: No token provided";
    private const string BadToken = "Authentication failed: Invalid token";

    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _admin = await _daemon.AdminAsync();
        _daemon.Services.Add("web");
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task The_first_message_comes_at_once_with_every_service()
    {
        await using var client = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");

        var message = (await client.NextAsync())!.Value;

        Assert.Equal(["type", "timestamp", "services", "authenticated_user"], message.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("service_status", "admin"), (message.GetProperty("type").GetString(), message.GetProperty("authenticated_user").GetString()));
        Assert.EndsWith("Z", message.GetProperty("timestamp").GetString());
        var inList = (await _admin.GetAsync("/api/services")).Ok().GetProperty("services")[0].GetRawText();
        Assert.Equal(inList, message.GetProperty("services")[0].GetRawText());
    }

    [Fact]
    public async Task Each_change_is_pushed_and_without_one_the_uptime_goes_on()
    {
        await using var client = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");
        (await _admin.PostAsync("/api/services/web/start")).Ok();

        var running = await client.NextAsync(m => StatusOf(m, "web") is "running");
        var uptime = UptimeOf(running);
        await client.NextAsync(m => UptimeOf(m) > uptime);
        (await _admin.PostAsync("/api/services/web/stop")).Ok();
        await client.NextAsync(m => StatusOf(m, "web") is "stopped");
        _daemon.Services.Remove("web");
        await client.NextAsync(m => m.GetProperty("services").GetArrayLength() == 0);
    }

    [Fact]
    public async Task Each_client_reads_its_own_name()
    {
        var ann = await _daemon.UserAsync("readonly");
        await using var one = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");
        await using var two = await WatchClient.ConnectAsync(_daemon, "", ("Authorization", $"Bearer {ann.Token}"));
        await using var three = await WatchClient.ConnectLocalAsync(_daemon);

        _daemon.Services.Add("new");

        Assert.Equal("admin", NameIn(await one.NextAsync(m => StatusOf(m, "new") is not null)));
        Assert.StartsWith("readonly-", NameIn(await two.NextAsync(m => StatusOf(m, "new") is not null)));
        Assert.Equal("local", NameIn(await three.NextAsync(m => StatusOf(m, "new") is not null)));
    }

    [Fact]
    public async Task In_delta_mode_the_changes_follow_a_snapshot_without_a_gap()
    {
        await using var client = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}&mode=delta");
        var snapshot = (await client.NextAsync())!.Value;
        var sequence = snapshot.GetProperty("sequence").GetInt64();
        Assert.Equal("service_status", snapshot.GetProperty("type").GetString());
        var known = snapshot.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("name").GetString()!).ToHashSet();

        for (var i = 0; i < 100; i++) _daemon.Services.Add($"s{i}");
        _daemon.Services.Remove("web");
        while (sequence < _daemon.Services.Current.Sequence)
        {
            var change = (await client.NextAsync())!.Value;
            Assert.Equal(["type", "sequence", "services", "removed"], change.EnumerateObject().Select(p => p.Name));
            Assert.Equal("service_changed", change.GetProperty("type").GetString());
            Assert.True(change.GetProperty("sequence").GetInt64() > sequence);
            sequence = change.GetProperty("sequence").GetInt64();
            known.UnionWith(change.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("name").GetString()!));
            known.ExceptWith(change.GetProperty("removed").EnumerateArray().Select(s => s.GetString()!));
        }

        Assert.Equal(_daemon.Services.Current.Services.Keys.Order(), known.Order());
    }

    [Fact]
    public async Task A_client_that_joins_amid_changes_ends_with_the_same_picture()
    {
        using var stop = new CancellationTokenSource();
        var churn = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i = (i + 1) % 50)
            {
                if (_daemon.Services.Current.Services.ContainsKey($"s{i}")) _daemon.Services.Remove($"s{i}");
                else _daemon.Services.Add($"s{i}");
                Thread.Sleep(1);
            }
        });
        var clients = new List<WatchClient>();
        for (var i = 0; i < 10; i++) clients.Add(await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}&mode=delta"));
        stop.Cancel();
        await churn;
        // Whoever has its snapshot from after the last change is sent this one as well.
        _daemon.Services.Add("last");

        foreach (var client in clients)
        {
            HashSet<string> known = [];
            while (!known.Contains("last"))
            {
                var message = (await client.NextAsync())!.Value;
                known.UnionWith(message.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("name").GetString()!));
                if (message.TryGetProperty("removed", out var removed)) known.ExceptWith(removed.EnumerateArray().Select(s => s.GetString()!));
            }

            Assert.Equal(_daemon.Services.Current.Services.Keys.Order(), known.Order());
            await client.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("", null, NoToken)]
    [InlineData("token=", null, NoToken)]
    [InlineData("token=nonsense", null, BadToken)]
    [InlineData("token=a.b.c", null, BadToken)]
    [InlineData("", "Bearer nonsense", BadToken)]
    [InlineData("mode=delta", null, NoToken)]
    public async Task Without_a_good_token_it_closes_with_1008_and_the_sentence(string query, string? header, string reason)
    {
        await using var client = header is null
            ? await WatchClient.ConnectAsync(_daemon, query)
            : await WatchClient.ConnectAsync(_daemon, query, ("Authorization", header));

        Assert.Null(await client.NextAsync());
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, reason), (client.CloseStatus, client.CloseReason));
    }

    [Fact]
    public async Task With_all_this_machine_watches_as_anonymous()
    {
        await using var daemon = await FakeDaemon.StartAsync("--Auth:Anonymous=all");
        await using var client = await WatchClient.ConnectAsync(daemon);
        Assert.Equal("anonymous", NameIn((await client.NextAsync())!.Value));
        await using var other = await WatchClient.ConnectAsync(daemon, "token=nonsense");
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, BadToken), await other.UntilClosedAsync());
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Host", "evil.example", 403)]
    public async Task A_foreign_page_gets_no_socket(string header, string value, int status)
    {
        var error = await Assert.ThrowsAsync<WebSocketException>(() => WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}", (header, value)));
        Assert.Contains(status.ToString(), error.Message);
    }

    [Fact]
    public async Task What_is_no_websocket_is_told_so()
    {
        (await _admin.GetAsync("/api/services/ws")).Problem(400, "websocket_required");
        await Assert.ThrowsAsync<WebSocketException>(() => WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}&mode=odd"));
    }

    [Fact]
    public async Task What_clients_say_is_ignored_and_their_farewell_answered()
    {
        await using var client = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");
        await client.NextAsync();
        for (var i = 0; i < 100; i++) await client.SayAsync(new string('x', 5000));
        _daemon.Services.Add("new");
        await client.NextAsync(m => StatusOf(m, "new") is not null);

        await client.CloseAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Theory]
    [InlineData("""{"is_active":false}""")]
    [InlineData("""{"password":"another password"}""")]
    [InlineData(null)]
    public async Task A_token_that_ends_closes_with_1008(string? change)
    {
        var ann = await _daemon.UserAsync("readonly");
        var name = (await ann.GetAsync("/api/auth/me")).Ok().GetProperty("username").GetString();
        await using var client = await WatchClient.ConnectAsync(_daemon, $"token={ann.Token}&mode=delta");
        await using var bystander = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");
        await client.NextAsync();

        if (change is null) (await _admin.DeleteAsync($"/api/auth/users/{name}")).Ok();
        else (await _admin.SendAsync(HttpMethod.Put, $"/api/auth/users/{name}", ApiClient.Text(change))).Ok();

        Assert.Equal((WebSocketCloseStatus.PolicyViolation, BadToken), await client.UntilClosedAsync());
        Assert.NotNull(await bystander.NextAsync());
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_dropped_and_disturbs_nobody()
    {
        for (var i = 0; i < 300; i++)
            _daemon.Services.Add(new ServiceDefinition { Name = $"s{i}", Command = ["x"], Description = new string('d', 500) });
        await using var slow = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");
        await using var quick = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}&mode=delta");
        Assert.Equal(2, await ClientsAsync(2));

        // Each change is a message of 300 kB for the slow one, whose queue and buffers hold only so many.
        using var stop = new CancellationTokenSource();
        var churn = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                _daemon.Services.Change("web", v => v with { Restarts = i });
                await Task.Delay(20);
            }
        });
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) Assert.NotNull(await quick.NextAsync());
        });

        Assert.Equal(1, await ClientsAsync(1));
        stop.Cancel();
        await churn;
        _daemon.Services.Add("last");
        await reading;
    }

    [Fact]
    public async Task When_the_feed_drops_us_the_clients_get_a_fresh_picture()
    {
        await using var full = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");
        await using var delta = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}&mode=delta");
        await full.NextAsync();
        await delta.NextAsync();

        _daemon.Services.Overrun();
        _daemon.Services.Add("new");

        await full.NextAsync(m => StatusOf(m, "new") is not null);
        await delta.NextAsync(m => StatusOf(m, "new") is not null);
        await Wait.UntilAsync(() => _daemon.Services.Subscribers == 1, "the broadcaster has come back");
    }

    [Fact]
    public async Task When_the_daemon_goes_down_it_closes_with_1001()
    {
        await using var client = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");
        await client.NextAsync();

        var closing = client.UntilClosedAsync();
        _daemon.Lifetime.RequestStop("the test says so");

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, (await closing).Status);
    }

    private async Task<int> ClientsAsync(int expected)
    {
        await Wait.UntilAsync(() => _daemon.Sockets == expected, $"there are {expected} clients");
        return _daemon.Sockets;
    }

    private static string? NameIn(JsonElement message) => message.GetProperty("authenticated_user").GetString();

    private static string? StatusOf(JsonElement message, string name) => message.GetProperty("services").EnumerateArray()
        .Where(s => s.GetProperty("name").GetString() == name).Select(s => s.GetProperty("status").GetString()).SingleOrDefault();

    private static double? UptimeOf(JsonElement message) =>
        message.GetProperty("services")[0].GetProperty("uptime_seconds") is { ValueKind: JsonValueKind.Number } uptime ? uptime.GetDouble() : null;
}
