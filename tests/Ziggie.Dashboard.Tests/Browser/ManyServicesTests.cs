using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Ziggie.Dashboard.Tests.Browser;

/// <summary>A machine with more services than fit a window.</summary>
[Collection(BrowserTests.Name)]
public sealed class ManyServicesTests(Chromium chromium) : IAsyncLifetime
{
    private const int Count = 300;

    private readonly DaemonHome _home = new();
    private RealDaemon _daemon = default!;

    public async Task InitializeAsync()
    {
        if (Chromium.Program is null) return;
        var yaml = new StringBuilder("services:\n");
        for (var n = 0; n < Count; n++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  many-{n:000}: {{ command: sleep 300, description: Number {n} with a description that does not fit beside everything else, ");
            yaml.Append(CultureInfo.InvariantCulture, $"groups: [tens-{n / 10}, all-of-the-many-services] }}\n");
        }
        await File.WriteAllTextAsync(Path.Combine(_home.Root, "ziggie.yaml"), yaml.ToString());
        _daemon = await _home.StartAsync();
        await Wait.UntilAsync(async () => (await _daemon.Owner.GetAsync($"/api/services/many-{Count - 1}")).Status == 200, "all are there");
    }

    public async Task DisposeAsync() => await _home.DisposeAsync();

    [BrowserFact]
    public async Task The_page_as_it_is_sent_has_the_first_services_where_they_stay_and_the_others_come_by_scrolling()
    {
        var page = await chromium.OpenAsync(_daemon, width: 1280, height: 800);
        await page.SignInAsync();
        foreach (var path in new[] { "/?search=many", "/?search=many&view=table" })
        {
            foreach (var width in new[] { 1500, 1280, 900, 390 })
            {
                await page.SetViewportSizeAsync(width, 800);
                // Without its scripts: as it is first sent.
                await page.RouteAsync("**/*.js", route => route.AbortAsync());
                await page.GotoAsync(path);
                var sent = await PlacesAsync(page);
                await page.UnrouteAsync("**/*.js");
                await page.ShowAsync(path);
                await Expect(page.Locator(".z-page-head [role=status]")).ToContainTextAsync($"{Count} of ");
                var live = await PlacesAsync(page);
                Assert.Equal(sent.Take(6), live.Take(6));
                Assert.Contains("many-005", sent[5]);
            }
            await page.SetViewportSizeAsync(1280, 800);
            // Wherever one goes to, rows are there, and not many more than are seen.
            foreach (var part in new[] { 1.0, 0.5, 0.0 })
            {
                await page.EvaluateAsync("part => scrollTo(0, document.documentElement.scrollHeight * part)", part);
                var name = part switch { 1.0 => $"many-{Count - 1}", 0.5 => "many-152", _ => "many-000" };
                await Expect(Service(page, name).First).ToBeInViewportAsync();
                Assert.InRange(await Service(page, "many-").CountAsync(), 5, 60);
            }
        }
    }

    [BrowserFact]
    public async Task Rows_of_the_table_are_all_as_high_as_they_are_taken_for()
    {
        var page = await chromium.OpenAsync(_daemon, width: 1280, height: 800);
        await page.SignInAsync();
        foreach (var width in new[] { 1500, 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.ShowAsync("/?search=many&view=table");
            await Expect(Service(page, "many-003")).ToBeVisibleAsync();
            var heights = await page.Locator(".z-services tbody tr:not(.z-space)").EvaluateAllAsync<double[]>("rows => rows.map(r => r.getBoundingClientRect().height)");
            Assert.All(heights, height => Assert.Equal(46, height, 0.01));
            foreach (var act in new[] { "Start", "Restart" }) await Expect(page.Button($"{act} many-003")).ToBeInViewportAsync(new() { Ratio = 1 });
        }
    }

    [BrowserFact]
    public async Task Back_leads_to_where_one_was_in_the_list()
    {
        var page = await chromium.OpenAsync(_daemon, width: 1280, height: 800);
        await page.SignInAsync();
        foreach (var path in new[] { "/?search=many", "/?search=many&view=table" })
        {
            await page.ShowAsync(path);
            await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight / 2)");
            await Expect(Service(page, "many-152")).ToBeInViewportAsync();
            var before = await page.EvaluateAsync<double>("scrollY");
            await Service(page, "many-152").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "many-152", Exact = true })).ToBeInViewportAsync();
            await page.GoBackAsync();
            await Expect(Service(page, "many-152")).ToBeInViewportAsync();
            Assert.Equal(before, await page.EvaluateAsync<double>("scrollY"), 1.0);
        }
    }

    private static ILocator Service(IPage page, string name) =>
        page.Locator(".z-card h2 a, .z-services th a", new() { HasTextRegex = new($"^{name}") });

    private static Task<string[]> PlacesAsync(IPage page) => page.Locator(".z-card h2 a, .z-services th a").EvaluateAllAsync<string[]>(
        "all => all.map(a => { const box = a.getBoundingClientRect(); return `${a.textContent} ${Math.round(box.left)} ${Math.round(box.top)}`; })");
}
