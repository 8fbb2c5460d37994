using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Ziggie.Dashboard.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class FormTests(Chromium chromium, SharedHome shared)
{
    [BrowserFact]
    public async Task A_service_is_added_by_the_form_started_read_in_its_log_and_stopped()
    {
        var page = await chromium.OpenAsync(shared.Daemon);
        await page.SignInAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add service" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "New service" })).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("by-form");
        await page.GetByLabel("Command", new() { Exact = true }).FillAsync("sh -c 'echo hello from the form; sleep 300'");
        await page.Button("Create").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/services/by-form"));
        await page.Button("Start it").ClickAsync();
        await page.Locator(".z-phase").First.SeesAsync("Running");

        await page.GetByRole(AriaRole.Link, new() { Name = "Logs", Exact = true }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Log).SeesAsync("hello from the form");
        await page.Button("Stop by-form").ClickAsync();
        await page.Locator(".z-phase").First.SeesAsync("Stopped");
        Assert.Null(await shared.Daemon.Service("by-form").PidAsync());
    }

    [BrowserFact]
    public async Task A_service_that_is_called_new_has_its_page_like_any_other()
    {
        var service = await shared.Daemon.DefineAsync(new { name = "new", description = "Is called so", command = "sleep 300" });
        var page = await chromium.OpenAsync(shared.Daemon);
        await page.SignInAsync();
        await page.ShowAsync("/?search=new");
        await page.Card("new").GetByRole(AriaRole.Link, new() { Name = "new", Exact = true }).ClickAsync();
        await page.Locator("main").SeesAsync("Is called so");
        await page.ShowAsync("/services/new/definition");
        await Expect(page.Locator("#f-description")).ToHaveValueAsync("Is called so");
        (await service.DeleteAsync()).Ok();
        await page.ShowAsync("/services/new");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Add a service" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "New service" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task What_is_wrong_in_the_form_stands_beside_its_field_and_nothing_is_made()
    {
        var page = await chromium.OpenAsync(shared.Daemon);
        await page.SignInAsync();
        await page.ShowAsync("/new-service");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("not a name!");
        await page.Button("Create").ClickAsync();
        await Expect(page.Locator(".z-error").First).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/new-service"));
    }

    [BrowserFact]
    public async Task A_service_that_crashes_says_on_its_page_why_and_shows_its_last_lines()
    {
        var service = await shared.Daemon.DefineAsync(new
        {
            name = "page-crash",
            command = "echo cannot open config.yaml; exit 3",
            shell = true,
            restart = new { delay = "1h", max_delay = "1h" },
        });
        await service.DoAsync("start");
        var page = await chromium.OpenAsync(shared.Daemon);
        await page.SignInAsync();
        await page.ShowAsync("/services/PAGE-CRASH");
        await page.Locator("main").SeesAsync("Exited with code 3");
        await page.Locator("main").SeesAsync("cannot open config.yaml");
        await service.StopAsync();
    }
}
