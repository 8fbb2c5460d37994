using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Playwright;

namespace Ziggie.Bench;

/// <summary>What one open page costs while half of all services change every second.</summary>
internal static class DashboardBench
{
    private const string Changing =
        """
        import os, socket, time
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.connect(os.environ["NOTIFY_SOCKET"].replace("@", "\0", 1))
        s.send(b"READY=1")
        n = 0
        while True:
            n += 1
            s.send(b"STATUS=%d done" % n)
            time.sleep(1)
        """;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(Options options)
    {
        var browser = Environment.GetEnvironmentVariable("ZIGGIE_CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(browser) || !File.Exists("/usr/bin/python3"))
        {
            Report.Line("one open page", "not measured", "needs chromium and python3");
            return;
        }
        var home = Daemon.NewHome();
        var (daemon, _) = await Daemon.StartAsync(options, home);
        await using var _d = daemon;
        for (var n = 0; n < options.Services; n++)
        {
            object definition = n % 2 == 0
                ? new { name = $"changes-{n:0000}", command = new[] { "/usr/bin/python3", "-c", Changing }, ready = "notify", groups = new[] { "changing" } }
                : new { name = $"rests-{n:0000}", command = new[] { "sleep", "100000" }, ready = new { grace = "0s" } };
            await daemon.CreateAsync(definition);
        }
        using var started = await daemon.Http.PostAsJsonAsync("/api/actions", new { action = "start", all = true });
        started.EnsureSuccessStatusCode();
        var running = await daemon.CountAsync("running");
        if (running < options.Services) throw new InvalidOperationException($"Only {running} of {options.Services} services run: what would be measured is their restarts.");

        await MeasureAsync(daemon, $"{options.Services} services, half changing each second: nobody looks", null, null);
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = browser,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var link = (await daemon.PostAsync("/api/auth/link")).GetProperty("link").GetString()!;
        var page = await chromium.NewPageAsync();
        var received = 0L;
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Interlocked.Add(ref received, frame.Binary?.Length ?? frame.Text?.Length ?? 0);
        await page.GotoAsync(link);
        foreach (var (what, path) in new[] { ("cards", "/"), ("table", "/?view=table") })
        {
            await page.GotoAsync(new Uri(new Uri(link), path).ToString());
            await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await MeasureAsync(daemon, $"one page open, {what}", () => Interlocked.Read(ref received), page);
        }
    }

    private static async Task MeasureAsync(Daemon daemon, string what, Func<long>? bytes, IPage? page)
    {
        await Task.Delay(3000);
        var (cpu, before, start) = (Machine.CpuSeconds(daemon.Pid), bytes?.Invoke() ?? 0, Stopwatch.GetTimestamp());
        List<double> clicks = [];
        while (Stopwatch.GetElapsedTime(start) < Span)
        {
            await Task.Delay(1000);
            if (page is null) continue;
            var at = Stopwatch.GetTimestamp();
            // How long the page takes to show another view: what somebody who works with it feels.
            await page.GetByLabel("Search services").FillAsync(clicks.Count % 2 == 0 ? "changes-00" : "");
            await page.Locator(".z-page-head [role=status]", new() { HasTextRegex = new(clicks.Count % 2 == 0 ? "of" : "^[0-9,]+ services$") }).WaitForAsync();
            clicks.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Report.Line($"{what}: daemon's processor time", $"{Report.Text((Machine.CpuSeconds(daemon.Pid) - cpu) / seconds * 100)} %", "of one core");
        if (bytes is not null) Report.Line($"{what}: sent to the browser", $"{Report.Text((bytes() - before) / seconds / 1000)} kB/s");
        if (clicks.Count > 0) Report.Samples($"{what}: a search until it shows", clicks, "ms");
    }
}
