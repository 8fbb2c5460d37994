using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;
using Xunit;
using Xunit.Sdk;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Dashboard.Tests.Browser;

/// <summary>One headless Chromium for all tests, which get windows of their own in it. Named by ZIGGIE_CHROMIUM, or found on the PATH.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private static readonly ConcurrentBag<IBrowserContext> Windows = [];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Null where there is none.</summary>
    public static string? Program { get; } =
        Environment.GetEnvironmentVariable("ZIGGIE_CHROMIUM") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Program is null) return;
        Assertions.SetDefaultExpectTimeout((float)Wait.Limit.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A window without cookies that knows the daemon by the paths of its pages.</summary>
    public async Task<IPage> OpenAsync(Daemon daemon, ColorScheme scheme = ColorScheme.Light, int width = 1360, int height = 850)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = daemon.Address.ToString(),
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        Windows.Add(context);
        context.SetDefaultTimeout((float)Wait.Limit.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    /// <summary>Ends all windows. One that stayed open would go on drawing what the tests after it change.</summary>
    public static async Task CloseWindowsAsync()
    {
        while (Windows.TryTake(out var window)) await window.CloseAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>A test in a browser; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserTheoryAttribute.Missing;
}

/// <summary>The same with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    internal static readonly string? Missing = Chromium.Program is null ? "Not installed: chromium. ZIGGIE_CHROMIUM can name one." : null;

    public BrowserTheoryAttribute() => Skip = Missing;
}

/// <summary>After each test of the collection, the next of which begins without windows.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ClosesWindowsAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest) => Task.Run(Chromium.CloseWindowsAsync).Wait();
}

[ClosesWindows]
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>, ICollectionFixture<SharedHome>
{
    public const string Name = "browser";
}
