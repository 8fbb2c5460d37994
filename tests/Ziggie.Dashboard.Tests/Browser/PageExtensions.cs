using Microsoft.Playwright;
using Xunit;
using Ziggie.Api.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Ziggie.Dashboard.Tests.Browser;

/// <summary>What tests do with pages.</summary>
internal static class PageExtensions
{
    /// <summary>Signs in by the form; the first page is then alive.</summary>
    public static async Task SignInAsync(this IPage page, string username = "admin", string password = Daemon.AdminPassword)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("User").FillAsync(username);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.LiveAsync();
    }

    /// <summary>Goes to a page and waits until the daemon answers to what is done on it.</summary>
    public static async Task ShowAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.LiveAsync();
    }

    public static async Task LiveAsync(this IPage page)
    {
        try
        {
            await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{page.Url} did not come to life: {await page.Locator("body").InnerTextAsync()}");
        }
    }

    /// <summary>The card of a service on the page of all services.</summary>
    public static ILocator Card(this IPage page, string service) =>
        page.GetByRole(AriaRole.Article, new() { Name = service, Exact = true });

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static Task SeesAsync(this ILocator where, string text) => Expect(where).ToContainTextAsync(text);
}
