using Microsoft.Playwright;
using Xunit;

namespace Ziggie.Dashboard.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(Chromium chromium, SharedHome shared)
{
    private static readonly string[] Pages =
        ["/?search=nothing-is-called-so", "/not-found", "/services/no-such-one", "/logs"];

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_sign_in_and_pages_that_have_nothing_to_show_have_no_serious_violation(ColorScheme scheme)
    {
        var page = await chromium.OpenAsync(shared.Daemon, scheme);
        var found = new List<string>();
        await page.GotoAsync("/sign-in");
        found.AddRange(await Accessibility.ViolationsAsync(page, "/sign-in"));
        await page.SignInAsync();
        foreach (var path in Pages)
        {
            await page.ShowAsync(path);
            found.AddRange(await Accessibility.ViolationsAsync(page, path));
        }
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }
}
