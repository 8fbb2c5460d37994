using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using Ziggie.Scenarios.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Ziggie.Dashboard.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ServicesPageTests(Chromium chromium, SharedHome shared)
{
    private RealDaemon Daemon => shared.Daemon;

    [BrowserFact]
    public async Task A_service_is_started_and_stopped_by_a_click_and_the_page_sees_it_come_and_go()
    {
        var service = await Daemon.DefineAsync(new { name = "clicked", command = "sleep 300", ready = new { grace = "50ms" } });
        var page = await OpenAsync("/?search=clicked");
        var card = page.Card("clicked");
        await card.SeesAsync("Stopped");

        await page.Button("Start clicked").ClickAsync();
        await card.SeesAsync("Running");
        await card.SeesAsync((await service.PidAsync()).ToString()!);
        await page.Button("Stop clicked").ClickAsync();
        await card.SeesAsync("Stopped");
        await page.Locator(".mud-snackbar").First.SeesAsync("Service 'clicked' ");
    }

    [BrowserFact]
    public async Task Who_uses_the_keyboard_stays_on_the_button_that_starts_and_stops()
    {
        await Daemon.DefineAsync(new { name = "by-keyboard", command = "sleep 300", ready = new { grace = "50ms" } });
        var page = await OpenAsync("/?search=by-keyboard");
        await page.Button("Start by-keyboard").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Card("by-keyboard").SeesAsync("Running");
        await Expect(page.Button("Stop by-keyboard")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Card("by-keyboard").SeesAsync("Stopped");
        await Expect(page.Button("Start by-keyboard")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_change_made_elsewhere_appears_by_itself()
    {
        var page = await OpenAsync("/?search=appears");
        await page.Locator("main").SeesAsync("No services found");
        var service = await Daemon.DefineAsync(new { name = "appears", description = "Made elsewhere", command = "sleep 300", ready = new { grace = "50ms" } });
        await page.Card("appears").SeesAsync("Made elsewhere");
        await service.StartAsync();
        await page.Card("appears").SeesAsync("Running");
        await service.StopAsync();
        (await service.DeleteAsync()).Ok();
        await page.Locator("main").SeesAsync("No services found");
    }

    [BrowserFact]
    public async Task A_service_that_crashes_in_a_loop_says_how_it_ended_and_when_it_is_tried_again()
    {
        var service = await Daemon.DefineAsync(new
        {
            name = "looping",
            command = "echo no config; exit 7",
            shell = true,
            restart = new { delay = "1h", max_delay = "1h" },
        });
        await service.DoAsync("start");
        var page = await OpenAsync("/?search=looping");
        var card = page.Card("looping");
        await card.SeesAsync("Failed · exit 7");
        await card.SeesAsync("retry");
        await Expect(card).ToContainTextAsync(new Regex("Exited with code 7"));
        await service.StopAsync();
    }

    [BrowserFact]
    public async Task Search_filters_sort_and_view_are_in_the_address_and_come_back_from_it()
    {
        await Daemon.DefineAsync(new { name = "address-a", command = "true", groups = new[] { "address" }, labels = new { team = "blue" } });
        await Daemon.DefineAsync(new { name = "address-b", command = "true", groups = new[] { "address" }, labels = new { team = "red" } });
        var page = await OpenAsync("/");
        await page.GetByLabel("Group").SelectOptionAsync("address");
        await page.Button("Table").ClickAsync();
        await page.GetByLabel("Search services").FillAsync("team=red");
        await Expect(page).ToHaveURLAsync(new Regex(@"search=team%3Dred&group=address&view=table$"));
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "address-b" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "address-a" })).ToHaveCountAsync(0);

        var other = await page.Context.NewPageAsync();
        await other.ShowAsync(page.Url);
        await Expect(other.GetByRole(AriaRole.Row, new() { Name = "address-b" })).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Row, new() { Name = "address-a" })).ToHaveCountAsync(0);
        await Expect(other.GetByLabel("Search services")).ToHaveValueAsync("team=red");
    }

    [BrowserFact]
    public async Task Several_are_started_at_once_and_nothing_else_is()
    {
        foreach (var name in new[] { "several-1", "several-2", "several-3" })
            await Daemon.DefineAsync(new { name, command = "sleep 300", ready = new { grace = "50ms" } });
        var page = await OpenAsync("/?search=several&view=table");
        await page.GetByLabel("Select several-1").CheckAsync();
        await page.GetByLabel("Select several-3").CheckAsync();
        var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Actions for the selected services" });
        await bar.SeesAsync("2 services selected");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Row, new() { Name = "several-1" }).SeesAsync("Running");
        await page.GetByRole(AriaRole.Row, new() { Name = "several-3" }).SeesAsync("Running");
        Assert.Equal("stopped", (await Daemon.Service("several-2").StatusAsync()).Status());
        await Expect(bar).ToHaveCountAsync(0);
        await Daemon.Owner.PostAsync("/api/actions", new { action = "stop", names = new[] { "several-1", "several-3" } });
    }

    [BrowserFact]
    public async Task Many_are_restarted_after_a_question_and_what_is_stopped_stays_so()
    {
        for (var n = 0; n < 12; n++) await Daemon.DefineAsync(new { name = $"dozen-{n}", command = "sleep 300", ready = new { grace = "50ms" } });
        await Daemon.Owner.PostAsync("/api/actions", new { action = "start", names = Enumerable.Range(0, 11).Select(n => $"dozen-{n}") });
        var pid = await Daemon.Service("dozen-0").PidAsync();
        var page = await OpenAsync("/?search=dozen&view=table");
        await page.GetByLabel("Select all services that are shown").CheckAsync();
        var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Actions for the selected services" });
        await bar.SeesAsync("12 services selected");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Restart", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.SeesAsync("Restart 11 services?");
        await dialog.SeesAsync("1 that is stopped is left alone.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Restart", Exact = true }).ClickAsync();
        await page.Locator(".mud-snackbar").First.SeesAsync("11 services restarted");
        Assert.NotEqual(pid, await Daemon.Service("dozen-0").PidAsync());
        Assert.Equal("stopped", (await Daemon.Service("dozen-11").StatusAsync()).Status());
        await Daemon.Owner.PostAsync("/api/actions", new { action = "stop", names = Enumerable.Range(0, 11).Select(n => $"dozen-{n}") });
    }

    [BrowserFact]
    public async Task Who_may_only_read_is_offered_nothing_else()
    {
        var admin = await Daemon.AdminAsync();
        (await admin.PostAsync("/api/auth/users", new { username = "reader", password = "a long password", role = "readonly" })).Ok(201);
        await Daemon.DefineAsync(new { name = "read-only", command = "sleep 300" });
        var page = await chromium.OpenAsync(Daemon);
        await page.SignInAsync("reader", "a long password");
        await page.ShowAsync("/?search=read-only");
        await page.Card("read-only").SeesAsync("Stopped");
        await Expect(page.Button("Start read-only")).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Select read-only")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Add service" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Users" })).ToHaveCountAsync(0);
        await page.ShowAsync("/users");
        await page.Locator("main").SeesAsync("This page is for admins");
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await chromium.OpenAsync(Daemon);
        await page.SignInAsync();
        await page.ShowAsync(path);
        return page;
    }
}
