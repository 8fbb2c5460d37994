using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Dashboard.Tests.Browser;

/// <summary>A machine with something of everything on it: what runs, waits, fails, is unwell, and prints.</summary>
internal static class DemoMachine
{
    /// <summary>Its services; those with <c>failed</c> in the second place do not become ready.</summary>
    public const string Busy = "shop-api";

    /// <summary>Prints forty lines in colours, of which some are errors, and goes on slowly.</summary>
    private const string Printing =
        """i=0; while [ $i -lt 40 ]; do i=$((i+1)); printf '\033[2m%s\033[0m \033[32mINFO\033[0m GET /orders/%d \033[1m200\033[0m in %dms\n' "req-$i" $((4200+i)) $((i%9+3)); done; printf '\033[31mERROR\033[0m payment 4217 was declined by the bank\n'; printf '\033[33mWARN\033[0m retrying payment 4217\n'; while sleep 2; do printf '\033[32mINFO\033[0m queue is empty\n'; done""";

    public static async Task SetUpAsync(RealDaemon daemon)
    {
        object[] services =
        [
            new { name = "postgres", description = "Orders, customers, stock", command = "sleep 3000", groups = new[] { "shop", "data" }, labels = new { team = "data" }, ready = new { grace = "50ms" } },
            new { name = "cache", description = "Sessions and baskets", command = "sleep 3000", groups = new[] { "shop", "data" }, ready = new { grace = "50ms" } },
            new
            {
                name = Busy, description = "The shop's API", command = Printing, shell = true, groups = new[] { "shop", "backend" }, labels = new { team = "shop" },
                depends_on = new { postgres = "ready", cache = "started" }, ready = new { grace = "50ms" }, env = new { DB_PASSWORD = "hidden", REGION = "eu-1" },
                health = new { exec = new { command = "true" }, interval = "1s" }, limits = new { max_memory = "512MB" },
            },
            new { name = "shop-web", description = "Pages for customers", command = "sleep 3000", groups = new[] { "shop", "frontend" }, depends_on = new Dictionary<string, string> { [Busy] = "ready" }, ready = new { grace = "50ms" } },
            new { name = "mailer", description = "Sends receipts", command = "echo cannot reach mail.example.org:25; exit 1", shell = true, groups = new[] { "backend" }, restart = new { delay = "40m", max_delay = "1h" } },
            new
            {
                name = "image-resizer", description = "Thumbnails of new products", command = "sleep 3000", groups = new[] { "backend" }, ready = new { grace = "50ms" },
                health = new { exec = new { command = "false" }, interval = "100ms", failures = 2, on_unhealthy = "report" },
            },
            new { name = "nightly-report", description = "Sales of the day, by mail", command = "true", groups = new[] { "jobs" }, schedule = new { cron = "0 3 * * *", time_zone = "Europe/Berlin", action = "start" } },
            new { name = "search-index", description = "Waits for its first import", command = "sleep 3000", groups = new[] { "backend" }, depends_on = new Dictionary<string, string> { ["import"] = "completed" } },
            new { name = "import", description = "Fills the search", command = "sleep 3000", groups = new[] { "jobs" }, depends_on = new { postgres = "ready" }, ready = new { grace = "50ms" } },
            new { name = "metrics-agent", description = "Reports to the company's monitoring", command = "sleep 3000", ready = new { grace = "50ms" } },
        ];
        // A dependency must exist before it is depended on.
        foreach (var service in services.OrderBy(s => s.ToString()!.Contains("search-index", StringComparison.Ordinal))) await daemon.DefineAsync(service);
        foreach (var name in new[] { "postgres", "cache", Busy, "shop-web", "image-resizer", "metrics-agent" }) await daemon.Service(name).StartAsync();
        await daemon.Service("mailer").DoAsync("start");
        await daemon.Service("nightly-report").DoAsync("start");
        _ = daemon.Service("search-index").DoAsync("start");
        await daemon.Service("search-index").UntilAsync(s => s.Phase() == "waiting", "waits");
        await daemon.Service("image-resizer").UntilAsync(s => s.GetProperty("health").GetString() == "unhealthy", "is unwell");
    }
}
