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
        await Expect(page.Locator("#connection")).ToContainTextAsync("Connection to the daemon lost");
        daemon = await home.StartAsync("--urls", $"http://127.0.0.1:{port}");

        await Expect(page.Locator("#connection")).ToBeHiddenAsync();
        await page.LiveAsync();
        await row.SeesAsync(pid.ToString());
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
        await home.StartAsync("--urls", $"http://127.0.0.1:{port}");
        await Expect(page.Locator("#connection")).ToBeHiddenAsync();
        await page.LiveAsync();

        await page.Button("Go on with it").ClickAsync();
        await Expect(description).ToHaveValueAsync("Half a sent");
        await page.ShowAsync("/configuration?tab=apply");
        await Expect(yaml).ToHaveValueAsync("services: {} # mine");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
