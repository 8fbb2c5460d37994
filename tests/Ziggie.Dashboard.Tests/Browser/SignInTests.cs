using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using Ziggie.Scenarios.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Ziggie.Dashboard.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed partial class SignInTests(Chromium chromium, SharedHome shared)
{
    [BrowserFact]
    public async Task The_link_of_the_first_start_signs_in_once()
    {
        await using var home = new DaemonHome();
        var daemon = await home.StartAsync();
        var link = Link().Match(daemon.Output).Value;
        Assert.NotEmpty(link);
        var page = await chromium.OpenAsync(daemon);

        await page.ShowAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services" })).ToBeVisibleAsync();
        await Expect(page.Card("control-center-backend")).ToContainTextAsync("Running");

        var other = await chromium.OpenAsync(daemon);
        await other.GotoAsync(link);
        await Expect(other.GetByRole(AriaRole.Alert)).ToContainTextAsync("used already");
    }

    [BrowserFact]
    public async Task A_page_leads_to_the_sign_in_and_back_to_where_one_was()
    {
        var page = await chromium.OpenAsync(shared.Daemon);
        await page.GotoAsync("/?view=table&search=kb");
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"));

        await page.GetByLabel("User").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.Button("Sign in").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wrong");
        await page.GetByLabel("Password").FillAsync(Api.Tests.Support.Daemon.AdminPassword);
        await page.Button("Sign in").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"/\?view=table&search=kb$"));
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "kb-scheduler" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Who_signs_out_is_out()
    {
        var page = await chromium.OpenAsync(shared.Daemon);
        await page.SignInAsync();
        var other = await page.Context.NewPageAsync();
        await other.ShowAsync("/history");
        await page.Locator("summary[aria-label='Account of admin']").ClickAsync();
        await page.Button("Sign out").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
        await page.GotoAsync("/");
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
        // So is every other window of that session.
        await Expect(other).ToHaveURLAsync(new Regex("/sign-in"));
    }

    [BrowserFact]
    public async Task An_address_that_is_none_is_a_page_in_a_browser_and_a_problem_for_programs()
    {
        var page = await chromium.OpenAsync(shared.Daemon);
        var answer = await page.GotoAsync("/no-such-page");
        Assert.Equal(404, answer!.Status);
        await page.Locator("main").SeesAsync("There is nothing here");
        (await shared.Daemon.Anonymous().GetAsync("/no-such-page")).Problem(404, "not_found");
    }

    [BrowserFact]
    public async Task An_open_page_ends_when_the_user_is_no_longer_active()
    {
        var admin = await shared.Daemon.AdminAsync();
        (await admin.PostAsync("/api/auth/users", new { username = "leaver", password = "a long password", role = "user" })).Ok(201);
        var page = await chromium.OpenAsync(shared.Daemon);
        await page.SignInAsync("leaver", "a long password");

        (await admin.PutAsync("/api/auth/users/leaver", new { is_active = false })).Ok();

        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
    }

    [GeneratedRegex(@"http://\S+/sign-in/link\?code=\w+")]
    private static partial Regex Link();
}
