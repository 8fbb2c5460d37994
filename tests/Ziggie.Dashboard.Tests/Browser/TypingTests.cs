using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Ziggie.Dashboard.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class TypingTests(Chromium chromium, SharedHome shared)
{
    [BrowserTheory]
    [InlineData("/host?tab=processes", "Search processes")]
    [InlineData("/services/typed-at/environment", "Search variables")]
    public async Task Words_that_are_typed_in_a_search_stay_as_they_were_typed(string path, string label)
    {
        await shared.Daemon.DefineAsync(new { name = "typed-at", command = "sleep 300" });
        var page = await chromium.OpenAsync(shared.Daemon);
        await page.SignInAsync();
        await page.ShowAsync(path);
        var search = page.GetByLabel(label);
        await search.PressSequentiallyAsync("two ");
        await Expect(page).ToHaveURLAsync(new Regex("search=two%20$"));
        await search.PressSequentiallyAsync("words that are typed faster than they come back");
        await Expect(page).ToHaveURLAsync(new Regex("come%20back$"));
        await Expect(search).ToHaveValueAsync("two words that are typed faster than they come back");
        (await shared.Daemon.Service("typed-at").DeleteAsync()).Ok();
    }
}
