using Microsoft.Playwright;
using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Dashboard.Tests.Browser;

/// <summary>
/// Every page on a machine with something of everything: it fits its window, and nothing in it fails. With ZIGGIE_PICTURES a picture of
/// each is put into that folder: docs/images/make.sh.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class PageLayoutTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("ZIGGIE_PICTURES");

    private static readonly (string Name, string Path)[] Pages =
    [
        ("services", "/"), ("services-table", "/?view=table&sort=status"), ("service", $"/services/{DemoMachine.Busy}"), ("logs", $"/services/{DemoMachine.Busy}/logs"),
        ("charts", $"/services/{DemoMachine.Busy}/charts"), ("service-history", $"/services/{DemoMachine.Busy}/history"),
        ("definition", $"/services/{DemoMachine.Busy}/definition"), ("environment", $"/services/{DemoMachine.Busy}/environment"),
        ("failed", "/services/mailer"), ("new", "/new-service"), ("merged-logs", $"/logs?services={DemoMachine.Busy},mailer"),
        ("host", "/host"), ("history", "/history"), ("graph", "/graph"), ("configuration", "/configuration"), ("users", "/users"), ("account", "/account"),
    ];

    private readonly DaemonHome _home = new();
    private RealDaemon _daemon = default!;

    public async Task InitializeAsync()
    {
        if (Chromium.Program is null) return;
        _daemon = await _home.StartAsync("--Sampling:Interval=500ms");
        await DemoMachine.SetUpAsync(_daemon);
    }

    public async Task DisposeAsync() => await _home.DisposeAsync();

    [BrowserFact]
    public async Task Every_page_fits_a_desktop_and_a_telephone_in_both_themes_and_is_accessible()
    {
        List<string> wrong = [];
        var page = await chromium.OpenAsync(_daemon);
        page.PageError += (_, error) => wrong.Add($"{page.Url}: {error}");
        await page.SignInAsync();
        foreach (var (name, path) in Pages)
        {
            await page.ShowAsync(path);
            await page.Locator("main h1").First.WaitForAsync();
            if (await page.GetByText("This page has failed").CountAsync() > 0) wrong.Add($"{path}: {await page.Locator("main").InnerTextAsync()}");
            foreach (var (width, height) in new[] { (1360, 850), (390, 844) })
            {
                await page.SetViewportSizeAsync(width, height);
                foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                    var theme = scheme.ToString().ToLowerInvariant();
                    await page.Locator($"html[data-theme={theme}]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
                    var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                    if (over > 0) wrong.Add($"{path} is {over} px wider than its window of {width} px");
                    // What differs with the theme are colours alone.
                    if (width > 500) wrong.AddRange(await Accessibility.ViolationsAsync(page, $"{path} ({theme})", scheme == ColorScheme.Light ? null : "color-contrast"));
                    await TakeAsync(page, $"{name}-{theme}{(width < 500 ? "-390" : "")}");
                }
            }
            await page.SetViewportSizeAsync(1360, 850);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        }
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        if (string.IsNullOrEmpty(Pictures)) return;
        // Charts have something to show once they were sampled a few times.
        await page.WaitForTimeoutAsync(1500);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png") });
    }
}
