using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using Ziggie.Scenarios.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Ziggie.Dashboard.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ReturnTests(Chromium chromium)
{
    [BrowserFact]
    public async Task A_page_that_was_open_while_the_daemon_was_killed_comes_back_with_what_it_showed()
    {
        await using var home = new DaemonHome();
        var port = FreePort();
        var daemon = await home.StartAsync("--urls", $"http://127.0.0.1:{port}");
        var service = await daemon.DefineAsync(new { name = "stays", command = "sleep 300", ready = new { grace = "50ms" } });
        var pid = await service.StartAsync();
        var page = await chromium.OpenAsync(daemon);
        await page.SignInAsync();
        await page.ShowAsync("/?search=stays&view=table");
        var row = page.GetByRole(AriaRole.Row, new() { Name = "stays" });
        await row.SeesAsync("Running");

        await daemon.KillAsync();
        await Expect(page.Locator("#connection")).ToContainTextAsync(new Regex("Connection to the daemon lost; looking for it. What is shown is of [0-9:]{8}.$"));
        // What cannot be done is not offered: a click would be lost.
        await Expect(page.Button("Stop stays")).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(page.Button("Stop stays")).ToHaveCSSAsync("pointer-events", "none");
        await page.Button("Stop stays").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Search services")).Not.ToBeEditableAsync();
        await page.GetByLabel("Sort by").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByLabel("Sort by")).ToHaveValueAsync("Name");
        daemon = await home.StartAsync("--urls", $"http://127.0.0.1:{port}");

        await Expect(page.Locator("#connection")).ToBeHiddenAsync();
        await page.LiveAsync();
        await row.SeesAsync(pid.ToString());
        await Expect(page.Button("Stop stays")).Not.ToHaveAttributeAsync("aria-disabled", "true");
        Assert.EndsWith("/?search=stays&view=table", page.Url);
        // It is alive: what it is told to do is done.
        await page.Button("Stop stays").ClickAsync();
        await row.SeesAsync("Stopped");
    }

    [BrowserFact]
    public async Task What_was_typed_and_not_saved_is_still_there_when_the_daemon_is_back()
    {
        await using var home = new DaemonHome();
        var port = FreePort();
        var daemon = await home.StartAsync("--urls", $"http://127.0.0.1:{port}");
        await daemon.DefineAsync(new { name = "written", command = "sleep 300" });
        var page = await chromium.OpenAsync(daemon);
        await page.SignInAsync();
        await page.ShowAsync("/configuration?tab=apply");
        var yaml = page.GetByLabel("Definitions as YAML");
        await yaml.FillAsync("services: {} # mine");
        await page.WaitForFunctionAsync("() => sessionStorage.getItem('ziggie.definitions') === 'services: {} # mine'");
        await page.ShowAsync("/services/written/definition");
        var description = page.Locator("#f-description");
        var kept = await page.EvaluateAsync<int>("() => sessionStorage.length");
        await description.FillAsync("Half a sent");
        await page.WaitForFunctionAsync("before => sessionStorage.length > before", kept);

        await daemon.KillAsync();
        await Expect(page.Locator("#connection")).ToContainTextAsync("Connection to the daemon lost");
        await Expect(description).Not.ToBeEditableAsync();
        await home.StartAsync("--urls", $"http://127.0.0.1:{port}");
        await Expect(page.Locator("#connection")).ToBeHiddenAsync();
        await page.LiveAsync();

        await page.Button("Go on with it").ClickAsync();
        await Expect(description).ToHaveValueAsync("Half a sent");
        await page.ShowAsync("/configuration?tab=apply");
        await Expect(yaml).ToHaveValueAsync("services: {} # mine");
    }

    [BrowserFact]
    public async Task The_daemon_restarts_by_a_click_and_a_user_half_written_is_still_in_the_form()
    {
        await using var home = new DaemonHome();
        var daemon = await home.StartAsync("--urls", $"http://127.0.0.1:{FreePort()}");
        var service = await daemon.DefineAsync(new { name = "stays", command = "sleep 300", ready = new { grace = "50ms" } });
        var pid = await service.StartAsync();
        var page = await chromium.OpenAsync(daemon);
        await page.SignInAsync();
        await page.ShowAsync("/users");
        await page.Button("Add user").ClickAsync();
        var password = await page.Locator("#user-password").InputValueAsync();
        await page.Locator("#user-name").FillAsync("half");
        await page.Locator("#user-full").FillAsync("Half a na");
        await page.Locator("#user-role").SelectOptionAsync("user");
        await page.WaitForFunctionAsync("() => Object.keys(sessionStorage).some(key => key.startsWith('ziggie-draft-'))");

        var admin = await page.Context.NewPageAsync();
        await admin.ShowAsync("/configuration?tab=daemon");
        var facts = admin.GetByRole(AriaRole.Region, new() { Name = "Daemon" });
        await facts.SeesAsync($"PID {daemon.Pid}.");
        await admin.Button("Restart the daemon").ClickAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await facts.SeesAsync($"PID {daemon.Pid}.");
        // And from its own card, as any other service.
        await admin.ShowAsync("/?search=control-center-backend");
        var card = admin.Card("control-center-backend");
        await card.SeesAsync(daemon.Pid.ToString());
        await admin.Button("Restart control-center-backend").ClickAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Restart", Exact = true }).ClickAsync();
        await Expect(card).Not.ToContainTextAsync(daemon.Pid.ToString());
        await admin.LiveAsync();
        Assert.Equal(pid, await service.PidAsync());

        await Expect(page.Locator("#connection")).ToBeHiddenAsync();
        await page.LiveAsync();
        await Expect(page.Locator("#user-name")).ToHaveValueAsync("half");
        await Expect(page.Locator("#user-full")).ToHaveValueAsync("Half a na");
        await Expect(page.Locator("#user-role")).ToHaveValueAsync("user");
        Assert.NotEqual(password, await page.Locator("#user-password").InputValueAsync());
        await page.Button("Add user").Last.ClickAsync();
        await page.Locator(".z-password").SeesAsync("The password of half is");
        await page.ShowAsync("/users");
        await Expect(page.Locator("#user-name")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_log_in_which_somebody_reads_comes_back_at_the_same_line_and_does_not_run_away()
    {
        await using var home = new DaemonHome();
        var port = FreePort();
        var daemon = await home.StartAsync("--urls", $"http://127.0.0.1:{port}");
        var service = await daemon.DefineAsync(new { name = "read", command = "for n in $(seq 1 900); do echo line $n; done; sleep 300", shell = true, ready = new { grace = "50ms" } });
        await service.StartAsync();
        await service.PrintedAsync("line 900");
        var page = await chromium.OpenAsync(daemon);
        await page.SignInAsync();
        await page.ShowAsync("/services/read/logs");
        var log = page.GetByRole(AriaRole.Log);
        await log.SeesAsync("line 900");
        await log.PressAsync("Home");
        await log.SeesAsync("line 1");
        await log.EvaluateAsync("e => { e.scrollTop = 2500; }");
        const string Top = """
            e => {
                const top = e.getBoundingClientRect().top;
                const row = [...e.shadowRoot.querySelectorAll('.z-line')].find(r => r.getBoundingClientRect().bottom > top);
                return row && `${row.querySelector('.z-text').textContent} ${Math.round(row.getBoundingClientRect().top - top)}`;
            }
            """;
        var before = await log.EvaluateAsync<string>(Top);

        await daemon.KillAsync();
        await Expect(page.Locator("#connection")).ToContainTextAsync("Connection to the daemon lost");
        await home.StartAsync("--urls", $"http://127.0.0.1:{port}");
        await Expect(page.Locator("#connection")).ToBeHiddenAsync();
        await page.LiveAsync();

        await Expect(page.Button("Follow")).ToBeVisibleAsync();
        await Expect(page.Locator(".z-log-newest")).ToBeVisibleAsync();
        Assert.Equal(before, await log.EvaluateAsync<string>(Top));
        await Expect(page.Locator(".z-line.z-current")).ToHaveCountAsync(0);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
