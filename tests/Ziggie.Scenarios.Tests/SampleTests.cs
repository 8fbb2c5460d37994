using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The machines in samples/ are applied and run, as far as their programs are installed.</summary>
public sealed class SampleTests : Scenario
{
    [NeedsFact("python3", "postgres", "initdb", "psql", "pg_isready", "setpriv")]
    public async Task The_shop_takes_orders_and_fulfils_them()
    {
        var folder = Copy("shop");
        var port = FreePort();
        var file = Path.Combine(folder, "ziggie.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("8080", port.ToString(CultureInfo.InvariantCulture)));
        var data = Directory.CreateDirectory(Home.In("data")).FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // The database runs as somebody else, who must reach its folder.
            await RunAsync("chmod", "711", Path.GetDirectoryName(data)!);
            await RunAsync("chown", "nobody", data);
        }
        string[] set = [$"SHOP_DATA={data}", "SHOP_USER=nobody", $"PATH={Environment.GetEnvironmentVariable("PATH")}:{Installed.FolderOf("postgres")}:{Installed.FolderOf("initdb")}"];

        var daemon = await Home.StartAsync(["env", .. set], ["--Config:Watch=false", $"--Config:File={file}"]);
        Assert.Equal("5 to add.", (await daemon.Owner.PostAsync("/api/config/plan")).Ok().Text("summary"));
        (await daemon.Owner.PostAsync("/api/config/apply?wait=false")).Ok();

        await daemon.Service("shop-web").UntilAsync(s => s.Phase() == "running", "runs");
        await daemon.Service("shop-worker").PrintedAsync("waiting for orders");
        using var shop = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using (var ordered = await shop.PostAsync("/orders", null)) Assert.Equal("1\n", await ordered.Content.ReadAsStringAsync());
        await Wait.UntilAsync(async () => await shop.GetStringAsync("/orders") == "1 done\n", "the order is fulfilled");
        Assert.Equal("completed", (await daemon.Service("shop-schema").StatusAsync()).Phase());
        await daemon.StopAsync();
        Assert.Contains("database system is shut down", string.Join('\n', await File.ReadAllLinesAsync(Path.Combine(Home.Root, "logs", "shop-db", "current.log"))));
    }

    [Fact]
    public async Task The_standard_services_are_taken_over_from_the_seeds_and_say_what_they_lack()
    {
        var daemon = await Home.StartAsync($"--Config:File={Path.Combine(Copy("control-center"), "ziggie.yaml")}");

        Assert.Equal("4 changed.", (await daemon.ConfigAsync()).Text("summary"));
        var daemonService = await daemon.Service("control-center-backend").StatusAsync();
        Assert.Equal(("running", daemon.Pid), (daemonService.Status(), daemonService.Pid()));
        foreach (var (name, variable) in new[] { ("control-center-frontend", "ZIGGIE_FRONTEND_DIR"), ("comfyui", "COMFYUI_DIR"), ("kb-scheduler", "KB_SCHEDULER_DIR") })
            Assert.Contains(variable, (await daemon.Service(name).DoAsync("start")).Problem(400, "environment_invalid").Text("detail"));
    }

    [NeedsFact("npm")]
    public async Task The_standard_services_run_where_their_programs_are()
    {
        var folder = Copy("control-center");
        var file = Path.Combine(folder, "ziggie.yaml");
        var port = FreePort();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("3000", port.ToString(CultureInfo.InvariantCulture)));
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"),
            $$"""{ "name": "frontend", "scripts": { "dev": "node -e \"require('http').createServer((q, a) => a.end('hello')).listen({{port}}, '127.0.0.1')\"" } }""");

        var daemon = await Home.StartAsync(["env", $"ZIGGIE_FRONTEND_DIR={folder}"], [$"--Config:File={file}"]);
        await daemon.Service("control-center-frontend").StartAsync();

        using var client = new HttpClient();
        Assert.Equal("hello", await client.GetStringAsync($"http://127.0.0.1:{port}/"));
        await daemon.Service("control-center-frontend").StopAsync();
    }

    [Fact]
    public async Task The_nightly_job_writes_its_report()
    {
        var folder = Copy("nightly");
        var reports = Directory.CreateDirectory(Home.In("reports")).FullName;
        var daemon = await Home.StartAsync(["env", $"REPORTS={reports}", $"REPORT_ON={folder}"], [$"--Config:File={folder}/ziggie.yaml"]);
        Assert.Equal("2 added.", (await daemon.ConfigAsync()).Text("summary"));

        (await daemon.Service("nightly-report").DoAsync("start")).Ok();

        Assert.Equal("completed", (await daemon.Service("nightly-report").UntilAsync(s => s.Phase() == "completed", "is through")).Phase());
        Assert.Equal($"3 files in {folder}", (await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(reports)))).Trim());
        (await daemon.Service("weekly-cleanup").DoAsync("start")).Ok();
        Assert.Single(Directory.GetFiles(reports));
    }

    /// <summary>A copy of a sample that a test may change.</summary>
    private string Copy(string sample)
    {
        var target = Directory.CreateDirectory(Home.In(sample)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Root(), "samples", sample))) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return target;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ZiggieActors.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
