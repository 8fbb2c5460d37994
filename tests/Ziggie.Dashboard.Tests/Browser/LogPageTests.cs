using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using Ziggie.Api.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Ziggie.Dashboard.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class LogPageTests(Chromium chromium, PrintingHome printing) : IClassFixture<PrintingHome>
{
    private const string Log = $"/services/{PrintingHome.One}/logs";

    [BrowserFact]
    public async Task A_search_marks_what_it_finds_and_leads_to_the_next_also_in_what_is_not_loaded()
    {
        var page = await OpenAsync(Log);
        await page.GetByRole(AriaRole.Log).SeesAsync($"request {PrintingHome.Lines}");
        var search = page.GetByLabel("Search the log");
        await search.FillAsync("needle");
        await Expect(page.Locator(".z-line .z-hit").First).ToBeVisibleAsync();
        await Expect(page.Locator(".z-log-hits [role=status]")).ToContainTextAsync(new Regex("6"));

        var current = page.Locator(".z-line.z-current");
        List<string> found = [];
        for (var n = 0; n < 6; n++)
        {
            await search.PressAsync("Enter");
            if (found.Count > 0) await Expect(current).Not.ToContainTextAsync(found[^1]);
            await Expect(current.Locator(".z-hit").First).ToBeInViewportAsync();
            found.Add(Regex.Match(await current.InnerTextAsync(), "request [0-9]+ ").Value);
        }
        Assert.Equal(["request 100 ", "request 200 ", "request 300 ", "request 400 ", "request 500 ", "request 600 "], found.Order());
        await search.PressAsync("Shift+Enter");
        await Expect(current).ToContainTextAsync(found[^2]);
    }

    [BrowserFact]
    public async Task Enter_right_after_a_word_goes_to_what_was_typed()
    {
        var page = await OpenAsync(Log);
        await page.GetByRole(AriaRole.Log).SeesAsync($"request {PrintingHome.Lines}");
        var search = page.GetByLabel("Search the log");
        foreach (var number in new[] { 598, 597 })
        {
            await search.FillAsync($"request {number}");
            await search.PressAsync("Enter");
            await Expect(page.Locator(".z-line.z-current")).ToContainTextAsync($"request {number}");
        }
        await Expect(page).ToHaveURLAsync(new Regex("q=request%20597"));
    }

    [BrowserFact]
    public async Task A_regular_expression_leaves_out_the_rest_and_one_that_is_none_says_so()
    {
        var page = await OpenAsync(Log);
        await page.Button("Regular expression").ClickAsync();
        var search = page.GetByLabel("Search the log");
        await search.FillAsync("request (77|88)$");
        await page.Button("Only matches").ClickAsync();
        await Expect(page.Locator(".z-line")).ToHaveCountAsync(2);
        await Expect(page.Locator(".z-line .z-hit")).ToHaveTextAsync(["request 77", "request 88"]);

        await search.FillAsync("request (");
        await Expect(page.Locator("#log-refusal")).ToBeVisibleAsync();
        await Expect(search).ToHaveAttributeAsync("aria-invalid", "true");
        await search.FillAsync("request 5$");
        await Expect(page.Locator(".z-line")).ToHaveCountAsync(1);
        await Expect(page.Locator("#log-refusal")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_range_of_time_leaves_out_what_was_printed_before_or_after()
    {
        var page = await OpenAsync(Log);
        await page.GetByLabel("Range of time").SelectOptionAsync("5m");
        await Expect(page).ToHaveURLAsync(new Regex("since=5m"));
        await page.GetByRole(AriaRole.Log).SeesAsync($"request {PrintingHome.Lines}");

        await page.GetByLabel("Range of time").SelectOptionAsync("custom");
        await page.GetByLabel("From", new() { Exact = true }).FillAsync(await LocalAsync(page, hours: 1));
        await page.GetByLabel("From", new() { Exact = true }).PressAsync("Tab");
        await page.Locator(".z-log-empty").SeesAsync("No lines in this range of time");
        await page.GetByLabel("From", new() { Exact = true }).FillAsync(await LocalAsync(page, hours: -2));
        await page.GetByLabel("To", new() { Exact = true }).FillAsync(await LocalAsync(page, hours: 1));
        await page.GetByRole(AriaRole.Log).SeesAsync($"request {PrintingHome.Lines}");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync(await LocalAsync(page, hours: -1));
        await page.Locator(".z-log-empty").SeesAsync("No lines in this range of time");
    }

    [BrowserFact]
    public async Task A_range_of_ones_own_is_drawn_once_and_not_without_end()
    {
        var page = await OpenAsync("/");
        var last = Environment.TickCount64;
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, _) => Interlocked.Exchange(ref last, Environment.TickCount64);
        await page.ShowAsync($"{Log}?since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z");
        await page.Locator(".z-log-empty").SeesAsync("No lines in this range of time");
        await Expect(page.GetByLabel("From", new() { Exact = true })).Not.ToHaveValueAsync("");
        await Wait.UntilAsync(() => Environment.TickCount64 - Interlocked.Read(ref last) > 400, "the daemon has nothing to draw");
    }

    [BrowserFact]
    public async Task Long_lines_are_wrapped_or_not_and_what_a_terminal_colours_has_its_colour()
    {
        await printing.PrintAsync(PrintingHome.Other, "a long line " + new string('-', 400));
        var page = await OpenAsync($"/services/{PrintingHome.Other}/logs");
        var log = page.GetByRole(AriaRole.Log);
        await log.SeesAsync("a long line");
        const string Over = "e => e.scrollWidth > e.clientWidth";
        Assert.False(await log.EvaluateAsync<bool>(Over));
        await page.Button("Wrap long lines").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("wrap=off"));
        await Expect(log).ToHaveClassAsync(new Regex("z-nowrap"));
        Assert.True(await log.EvaluateAsync<bool>(Over));

        await page.ShowAsync(Log);
        var info = page.Locator(".z-line .z-fg2").First;
        await Expect(info).ToHaveTextAsync("INFO");
        const string Color = "e => getComputedStyle(e).color";
        Assert.NotEqual(await log.EvaluateAsync<string>(Color), await info.EvaluateAsync<string>(Color));
        await Expect(log).Not.ToContainTextAsync("[32m");
    }

    [BrowserFact]
    public async Task A_link_to_a_line_leads_to_it_and_the_log_can_be_downloaded()
    {
        var page = await OpenAsync(Log);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GetByRole(AriaRole.Log).SeesAsync($"request {PrintingHome.Lines}");
        await page.GetByRole(AriaRole.Log).PressAsync("Home");
        await page.Locator(".z-line", new() { HasTextRegex = new Regex("request 7$") }).Locator(".z-when").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("line="));
        Assert.Equal(page.Url, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        var other = await page.Context.NewPageAsync();
        await other.ShowAsync(page.Url);
        await Expect(other.Locator(".z-line.z-current")).ToContainTextAsync(new Regex("request 7$"));
        await Expect(other.Locator(".z-line.z-current")).ToBeInViewportAsync();

        await page.Locator("summary[aria-label=Download]").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "As text" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Contains("request 1", lines[0]);
        Assert.Contains(lines, line => line.Contains($"request {PrintingHome.Lines} ", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Lines_are_drawn_apart_from_the_rules_of_the_page_and_are_copied_as_they_were_printed()
    {
        var page = await OpenAsync(Log);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GetByRole(AriaRole.Log).SeesAsync($"request {PrintingHome.Lines}");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('.z-line').length"));

        var (first, last) = (Line(page, "request 598").Locator(".z-text"), Line(page, "request 599").Locator(".z-text"));
        await first.HoverAsync(new() { Position = new() { X = 1, Y = 8 } });
        await page.Mouse.DownAsync();
        await last.HoverAsync(new() { Position = new() { X = 130, Y = 8 } });
        await page.Mouse.UpAsync();
        await page.Keyboard.PressAsync("Control+C");
        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Matches(new Regex(@"^INFO request 598\s+INFO request 599$"), copied.Trim());
    }

    [BrowserFact]
    public async Task What_is_printed_is_followed_until_one_pauses_and_then_counted()
    {
        var page = await OpenAsync(Log);
        await Expect(page.Button("Pause")).ToBeVisibleAsync();
        await printing.PrintAsync(PrintingHome.One, "followed-1");
        await Expect(Line(page, "followed-1")).ToBeInViewportAsync();

        await page.Button("Pause").ClickAsync();
        await Expect(page.Button("Follow")).ToBeVisibleAsync();
        for (var n = 1; n <= 3; n++) await printing.PrintAsync(PrintingHome.One, $"paused-{n}");
        var newest = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Jump to newest") });
        await newest.SeesAsync("3 new lines");
        await Expect(Line(page, "paused-3")).Not.ToBeInViewportAsync();
        await newest.ClickAsync();
        await Expect(Line(page, "paused-3")).ToBeInViewportAsync();
        await printing.PrintAsync(PrintingHome.One, "followed-2");
        await Expect(Line(page, "followed-2")).ToBeInViewportAsync();
    }

    [BrowserFact]
    public async Task Several_logs_are_one_in_the_order_of_time_each_in_its_colour()
    {
        var page = await OpenAsync("/logs?group=voices");
        string[] order = [PrintingHome.One, PrintingHome.Other, PrintingHome.One, PrintingHome.Other];
        for (var n = 0; n < order.Length; n++)
        {
            await printing.PrintAsync(order[n], $"merged-{n}");
            await Expect(Line(page, $"merged-{n}")).ToBeInViewportAsync();
        }
        var lines = page.Locator(".z-line", new() { HasTextRegex = new Regex("merged-") });
        await Expect(lines.Locator(".z-who")).ToHaveTextAsync(order);
        await Expect(lines.Locator(".z-text")).ToHaveTextAsync(["merged-0", "merged-1", "merged-2", "merged-3"]);
        var colors = await lines.Locator(".z-who").EvaluateAllAsync<string[]>("all => all.map(e => getComputedStyle(e).color)");
        Assert.Equal(colors[0], colors[2]);
        Assert.NotEqual(colors[0], colors[1]);
    }

    [BrowserFact]
    public async Task After_a_moment_without_a_connection_the_same_page_goes_on_loading_what_is_older()
    {
        var page = await chromium.OpenAsync(printing.Daemon);
        IWebSocketRoute? connection = null;
        var (isHeard, lost) = (true, 0);
        await page.RouteWebSocketAsync(new Regex("_blazor"), socket =>
        {
            var daemon = socket.ConnectToServer();
            socket.OnMessage(frame =>
            {
                if (!Volatile.Read(ref isHeard)) Interlocked.Increment(ref lost);
                else if (frame.Binary is { } bytes) daemon.Send(bytes);
                else daemon.Send(frame.Text!);
            });
            connection = socket;
        });
        await page.SignInAsync();
        await page.ShowAsync(Log);
        var log = page.GetByRole(AriaRole.Log);
        await log.SeesAsync($"request {PrintingHome.Lines}");
        await log.EvaluateAsync("e => { window.before = e; }");

        Volatile.Write(ref isHeard, false);
        await log.EvaluateAsync("e => { e.scrollTop = 0; }");
        await Wait.UntilAsync(() => Volatile.Read(ref lost) > 1, "what was asked for is lost");
        await connection!.CloseAsync();
        await Expect(page.Locator("#connection")).ToContainTextAsync("Connection to the daemon lost");
        Volatile.Write(ref isHeard, true);
        await Expect(page.Locator("#connection")).ToBeHiddenAsync();

        Assert.True(await log.EvaluateAsync<bool>("e => window.before === e"));
        await Expect(page.Button("Follow")).ToBeVisibleAsync();
        await Expect(Line(page, "request 300 has a needle")).ToBeAttachedAsync();
    }

    private static ILocator Line(IPage page, string text) => page.Locator(".z-line", new() { HasTextRegex = new Regex($"{text}$") });

    // A field of time holds the shortest form, which for a full minute has no seconds.
    private static Task<string> LocalAsync(IPage page, int hours) => page.EvaluateAsync<string>(
        "hours => { const t = new Date(Date.now() + hours * 3600e3); return new Date(t - t.getTimezoneOffset() * 60e3).toISOString().slice(0, 19).replace(/:00$/, ''); }", hours);

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await chromium.OpenAsync(printing.Daemon);
        await page.SignInAsync();
        await page.ShowAsync(path);
        return page;
    }
}
