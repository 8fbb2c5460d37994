using System.Globalization;
using System.Text;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Tests;

public sealed class LogStreamTests : IAsyncLifetime
{
    private const string Path = "/api/services/web/logs/stream";

    private readonly List<IDisposable> _open = [];
    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartWithLogsAsync("--Logs:KeepAlive=100ms");
        _admin = await _daemon.AdminAsync();
        _daemon.Services.Add("web");
    }

    public async Task DisposeAsync()
    {
        _open.ForEach(o => o.Dispose());
        await _daemon.DisposeAsync();
    }

    [Fact]
    public async Task Lines_come_as_they_are_finished_after_the_last_ones()
    {
        var web = Printer("web");
        await web.PrintAsync("one\ntwo\nthree\nunfin");
        using var two = await ConnectAsync("lines=2");
        using var none = await ConnectAsync("lines=0");
        Assert.Equal("text/event-stream", two.Headers.ContentType!.MediaType);
        Assert.Equal(["two", "three"], (await two.TakeAsync(2)).Select(e => e.Text));

        await web.PrintAsync("ished\nnew\n");

        Assert.Equal(["unfinished", "new"], (await two.TakeAsync(2)).Select(e => e.Text));
        var events = await none.TakeAsync(2);
        Assert.Equal(["unfinished", "new"], events.Select(e => e.Text));
        Assert.All(events, e => Assert.Equal("line", e.Type));
        Assert.Equal(["25", "29"], events.Select(e => e.Id));
        Assert.Equal([14, 25], events.Select(e => e.Data.GetProperty("position").GetInt64()));
        Assert.Equal(["position", "time", "text"], events[0].Data.EnumerateObject().Select(p => p.Name));
        Assert.InRange(events[0].Data.GetProperty("time").GetDateTime(), DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
    }

    [Fact]
    public async Task It_goes_on_where_a_client_left_and_the_header_has_precedence()
    {
        var web = Printer("web");
        using (var first = await ConnectAsync("lines=0"))
        {
            await web.PrintAsync("one\n");
            Assert.Equal("4", (await first.NextAsync())!.Id);
        }

        await web.PrintAsync("two\nthree\n");

        using var byPosition = await ConnectAsync("position=4");
        Assert.Equal(["two", "three"], (await byPosition.TakeAsync(2)).Select(e => e.Text));
        using var byHeader = await EventClient.ConnectAsync(_daemon, $"{Path}?token={_admin.Token}&position=0", ("Last-Event-ID", "8"));
        Assert.Equal("three", (await byHeader.NextAsync())!.Text);
    }

    [Fact]
    public async Task Before_the_first_line_a_client_knows_where_it_stands_and_hears_that_the_daemon_lives()
    {
        var web = Printer("web");
        await web.PrintAsync("old\n");
        using var client = await ConnectAsync("lines=0");
        var next = client.NextAsync();

        await Wait.UntilAsync(() => client.Comments >= 2, "two keep-alives came");

        Assert.Equal("4", client.LastId);
        Assert.False(next.IsCompleted);
        await web.PrintAsync("new\n");
        Assert.Equal("new", (await next)!.Text);
    }

    [Fact]
    public async Task Whatever_a_program_prints_the_events_stay_whole()
    {
        var web = Printer("web");
        using var client = await ConnectAsync("lines=0");
        var large = new string('x', 1_000_000);
        await web.PrintAsync([
            .. "nul \0 end\n"u8, .. "bad "u8, 0xFF, 0xC3, (byte)'\n', .. "10%\r50%\r100%\r\n"u8, .. "\u001b[31mred\u001b[0m\n"u8,
            .. "data: x\\n\"quoted\"\u2028\n"u8, (byte)'\n', .. Encoding.UTF8.GetBytes(large), .. "\nend\n"u8]);

        var texts = (await client.TakeAsync(8)).Select(e => e.Text);

        Assert.Equal(["nul \0 end", "bad \uFFFD\uFFFD", "10%\r50%\r100%", "\u001b[31mred\u001b[0m", "data: x\\n\"quoted\"\u2028", "", large, "end"], texts);
        var page = (await _admin.GetAsync("/api/services/web/logs?format=entries")).Ok();
        Assert.Equal(8, page.GetProperty("logs").GetArrayLength());
    }

    [Fact]
    public async Task What_was_rotated_away_is_a_gap_and_nothing_else_is_missing()
    {
        var web = Printer("web", new LogLimits { MaxSize = 10_000, MaxFiles = 2, Compress = false });
        await web.PrintAsync(Numbers(1, 20_000));
        await Support.Printer.TidiedAsync(_daemon, "web", 2);
        using var client = await ConnectAsync("position=0");

        var gap = (await client.NextAsync())!;
        var first = (await client.NextAsync())!;

        Assert.Equal("gap", gap.Type);
        Assert.Equal(gap.Id, first.Data.GetProperty("position").GetRawText());
        Assert.Equal(gap.Id, gap.Data.GetProperty("missed_bytes").GetRawText());
        Assert.Equal("rotated", gap.Data.GetProperty("reason").GetString());
        var number = int.Parse(first.Text, CultureInfo.InvariantCulture);
        Assert.Equal(Enumerable.Range(number + 1, 20_000 - number), (await client.TakeAsync(20_000 - number)).Select(e => int.Parse(e.Text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_position_of_a_log_that_was_removed_begins_at_the_beginning_of_the_one_that_is_there()
    {
        var web = Printer("web");
        await web.PrintAsync("first\nsecond\n");
        using var client = await ConnectAsync("position=1000");

        Assert.Equal(["first", "second"], (await client.TakeAsync(2)).Select(e => e.Text));
    }

    [Fact]
    public async Task A_client_that_does_not_read_costs_nothing_and_learns_what_it_missed()
    {
        var web = Printer("web", new LogLimits { MaxSize = 1_000_000, MaxFiles = 3, Compress = false });
        using var client = await ConnectAsync("lines=0");
        var line = new string('x', 999) + "\n";
        await web.PrintAsync(line);
        Assert.Equal(line[..^1], (await client.NextAsync())!.Text);

        // Far more than all buffers on the way hold.
        var many = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 1000)));
        for (var i = 0; i < 100; i++) await web.PrintAsync(many);
        await web.PrintAsync("end\n");

        var (position, missed) = (1000L, 0L);
        while (await client.NextAsync() is { } next)
        {
            if (next.Type is "gap") missed += next.Data.GetProperty("missed_bytes").GetInt64();
            else position = next.Data.GetProperty("position").GetInt64();
            Assert.True(next.Type is "gap" || position >= 1000);
            if (next.Type is "line" && next.Text is "end") break;
        }

        Assert.Equal(100_001_000, position);
        // So most of it was never in the daemon's memory for this client.
        Assert.True(missed > 50_000_000, $"missed {missed}");
    }

    [Fact]
    public async Task Output_that_never_came_into_the_log_is_a_gap_too()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        daemon.Services.Add("web");
        daemon.Output.Lost["web"] = 10;
        daemon.Output.Logs["web"] = ["one"];
        var admin = await daemon.AdminAsync();
        Assert.Equal("""{"success":true,"logs":["one"],"total_lines":1,"lost_bytes":10}""", (await admin.GetAsync("/api/services/web/logs")).Text);
        using var client = await EventClient.ConnectAsync(daemon, $"{Path}?token={admin.Token}&position=10");

        daemon.Output.Lost["web"] = 52;

        var gap = (await client.NextAsync())!;
        Assert.Equal(("gap", "10"), (gap.Type, gap.Id));
        Assert.Equal("""{"missed_bytes":42,"reason":"not_written"}""", gap.Data.GetRawText());
    }

    [Fact]
    public async Task A_separate_standard_error_is_merged_by_time_or_alone()
    {
        var (web, errors) = (Printer("web"), Printer("web.err"));
        for (var i = 0; i < 3; i++)
        {
            await web.PrintAsync($"out {i}\n");
            await Task.Delay(20);
            await errors.PrintAsync($"err {i}\n");
            await Task.Delay(20);
        }

        string[] all = ["out 0", "err 0", "out 1", "err 1", "out 2", "err 2"];
        using var both = await ConnectAsync("position=0");
        var events = await both.TakeAsync(6);
        Assert.Equal(all, events.Select(e => e.Text));
        Assert.Equal("6", events[0].Id);
        Assert.Equal("18,18", events[5].Id);
        Assert.Equal("stderr", events[1].Data.GetProperty("stream").GetString());
        using var resumed = await ConnectAsync($"position={events[3].Id}");
        Assert.Equal(all[4..], (await resumed.TakeAsync(2)).Select(e => e.Text));
        using var last = await ConnectAsync("lines=3");
        Assert.Equal(all[3..], (await last.TakeAsync(3)).Select(e => e.Text));
        using var alone = await ConnectAsync("lines=2&stream=stderr");
        Assert.Equal(["err 1", "err 2"], (await alone.TakeAsync(2)).Select(e => e.Text));

        Assert.Equal(all[2..], Texts(await _admin.GetAsync("/api/services/web/logs?lines=4")));
        Assert.Equal(["err 2"], Texts(await _admin.GetAsync("/api/services/web/logs?lines=1&stream=stderr")));
        var entry = (await _admin.GetAsync("/api/services/web/logs?lines=1&stream=stdout&format=entries")).Ok().GetProperty("logs")[0];
        Assert.Equal("stderr", (await _admin.GetAsync("/api/services/web/logs?lines=1&format=entries")).Ok().GetProperty("logs")[0].GetProperty("stream").GetString());
        Assert.Equal("out 2", entry.GetProperty("text").GetString());
    }

    [Fact]
    public async Task It_ends_with_a_reason_when_the_daemon_stops()
    {
        using var client = await ConnectAsync("");
        var next = client.NextAsync();
        _daemon.Lifetime.RequestStop("test");

        Assert.Equal(("end", "stopping"), Reason(await next));
        Assert.Null(await client.NextAsync());
    }

    [Fact]
    public async Task It_ends_with_a_reason_when_the_token_or_the_service_does()
    {
        await Printer("web").PrintAsync("one\n");
        var ann = await _daemon.UserAsync("readonly");
        var name = (await ann.GetAsync("/api/auth/me")).Ok().GetProperty("username").GetString();
        using var hers = await EventClient.ConnectAsync(_daemon, $"{Path}?lines=0", ("Authorization", $"Bearer {ann.Token}"));
        using var byQuery = await EventClient.ConnectAsync(_daemon, $"{Path}?lines=0&token={ann.Token}");
        using var other = await ConnectAsync("lines=0");

        (await _admin.DeleteAsync($"/api/auth/users/{name}")).Ok();
        Assert.Equal(("end", "token_ended"), Reason(await hers.NextAsync()));
        Assert.Equal(("end", "token_ended"), Reason(await byQuery.NextAsync()));

        _daemon.Logs!.Remove("web");
        Assert.Equal(("end", "removed"), Reason(await other.NextAsync()));
    }

    [Theory]
    [InlineData("", 401, "unauthenticated")]
    [InlineData("?token=", 401, "unauthenticated")]
    [InlineData("?token=nonsense", 401, "unauthenticated")]
    public async Task Without_a_good_token_there_is_nothing(string query, int status, string code)
    {
        (await _daemon.Anonymous().GetAsync(Path + query)).Problem(status, code);
        (await _daemon.Anonymous().GetAsync($"/api/services/web/logs/download{query}")).Problem(status, code);
        // Where a token in the query is not taken, it is none.
        (await _daemon.Anonymous().GetAsync($"/api/services/web/logs?token={_admin.Token}")).Problem(401, "unauthenticated");
    }

    [Theory]
    [InlineData("lines=-1", "lines")]
    [InlineData("lines=10001", "lines")]
    [InlineData("position=-1", "position")]
    [InlineData("position=1,", "position")]
    [InlineData("position=x", "position")]
    [InlineData("stream=stdin", "stream")]
    public async Task A_parameter_that_does_not_fit_is_named(string query, string field) =>
        (await _admin.GetAsync($"{Path}?{query}")).Invalid(field);

    [Fact]
    public async Task An_unknown_service_is_told() =>
        (await _admin.GetAsync("/api/services/wev/logs/stream")).Problem(404, "unknown_service");

    private static (string?, string?) Reason(ServerEvent? end) => (end?.Type, end?.Data.GetProperty("reason").GetString());

    private static string Numbers(int from, int to) => string.Concat(Enumerable.Range(from, to - from + 1).Select(n => $"{n}\n"));

    private static IEnumerable<string?> Texts(Answer answer) => answer.Ok().GetProperty("logs").EnumerateArray().Select(e => e.GetString());

    private Printer Printer(string log, LogLimits? limits = null)
    {
        var printer = new Printer(_daemon.Logs!, log, limits);
        _open.Add(printer);
        return printer;
    }

    private Task<EventClient> ConnectAsync(string query) => EventClient.ConnectAsync(_daemon, $"{Path}?token={_admin.Token}&{query}");
}
