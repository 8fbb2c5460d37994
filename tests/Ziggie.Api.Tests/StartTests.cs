using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;
using Ziggie.Api.Hosting;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_start_says_where_everything_is()
    {
        await using var daemon = await FakeDaemon.StartAsync();

        var lines = daemon.Console.ToString().Split(Environment.NewLine);

        Assert.Matches(@"^Listening on http://127\.0\.0\.1:\d+$", lines[0]);
        Assert.NotEqual(0, daemon.Address.Port);
        Assert.Contains(lines, l => l.EndsWith($"{daemon.Address.GetLeftPart(UriPartial.Authority)}/swagger"));
        Assert.Contains(lines, l => l.EndsWith(daemon.Home));
        Assert.DoesNotContain(Daemon.AdminPassword, daemon.Console.ToString());
    }

    [Fact]
    public async Task A_password_made_at_random_is_shown_once_and_works()
    {
        var daemon = new FakeDaemon();
        await using (daemon)
        {
            await daemon.RunAsync([]);
            var shown = daemon.Console.ToString().Split("password ")[1].Split(' ')[0];
            Assert.Equal(20, shown.Length);
            await daemon.SignInAsync("admin", shown);

            await daemon.RestartAsync([$"--ZIGGIE_ADMIN_PASSWORD={Daemon.AdminPassword}"]);
            Assert.DoesNotContain("password", daemon.Console.ToString());
            await daemon.SignInAsync("admin", shown);
        }
    }

    [Fact]
    public async Task Tokens_outlive_a_restart()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        var token = (await daemon.AdminAsync()).Token!;

        await daemon.RestartAsync([]);

        (await daemon.Anonymous().GetAsync("/api/auth/me", ("Authorization", $"Bearer {token}"))).Ok();
    }

    [Fact]
    public async Task The_home_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var daemon = await FakeDaemon.StartAsync();
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var folder in (string[])["logs", "run", "keys", "backups"])
            Assert.Equal(ownerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(daemon.Home, folder)));
        Assert.Equal(ownerOnly, File.GetUnixFileMode(Path.Combine(daemon.Home, "keys", "jwt.key")));
        Assert.Equal(ownerOnly, File.GetUnixFileMode(Path.Combine(daemon.Home, "run", "ziggie.sock")));
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            File.ReadAllText(Path.Combine(daemon.Home, "run", "daemon.pid")).Trim());
    }

    [Fact]
    public async Task A_second_daemon_on_the_home_is_told_who_has_it()
    {
        await using var daemon = await FakeDaemon.StartAsync();

        var (code, error) = await RunAsync(daemon.Home, "--urls=http://127.0.0.1:0");

        Assert.Equal(ExitCodes.HomeInUse, code);
        Assert.Contains($"PID {Environment.ProcessId}", error);
        Assert.Single(error.Trim().Split('\n'));
        (await daemon.Local().GetAsync("/api/services")).Ok();
        (await daemon.Anonymous().GetAsync("/api/services")).Ok();
    }

    [Fact]
    public async Task After_the_end_the_home_is_free_again_whatever_was_left_in_it()
    {
        await using (var first = await FakeDaemon.StartAsync($"--ZIGGIE_HOME={_folder.Path}"))
            (await first.Anonymous().GetAsync("/api/services")).Ok();
        // As after a kill.
        File.WriteAllText(Path.Combine(_folder.Path, "run", "daemon.pid"), "1\n");
        File.WriteAllText(Path.Combine(_folder.Path, "run", "ziggie.sock"), "");

        await using var second = await FakeDaemon.StartAsync($"--ZIGGIE_HOME={_folder.Path}");

        (await second.Anonymous().GetAsync("/api/services")).Ok();
        Assert.Equal(Environment.ProcessId, HomeLock.HolderOf(new ZiggieHome(_folder.Path)));
    }

    [Fact]
    public async Task A_daemon_that_has_just_been_killed_is_waited_for_until_it_has_let_go_of_the_home()
    {
        var home = new ZiggieHome(_folder.Path);
        home.Create();
        using var killed = System.Diagnostics.Process.Start("/bin/true");
        await killed.WaitForExitAsync();
        var lastThread = HomeLock.TryAcquire(home);
        await File.WriteAllTextAsync(home.PidFile, $"{killed.Id}\n");

        var next = Task.Run(() => HomeLock.Acquire(home));
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(200)));
        lastThread!.Dispose();

        using var held = await next;
        Assert.Equal(Environment.ProcessId, HomeLock.HolderOf(home));
    }

    [Fact]
    public async Task A_port_in_use_is_refused_with_its_holder_and_leaves_the_home_free()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var (code, error) = await RunAsync(_folder.Path, $"--urls=http://127.0.0.1:{port}");

        Assert.Equal(ExitCodes.PortInUse, code);
        Assert.Contains($"Port {port} is in use", error);
        Assert.Contains($"(PID {Environment.ProcessId})", error);
        using var held = HomeLock.TryAcquire(new ZiggieHome(_folder.Path));
        Assert.NotNull(held);
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0", "Listen:AllowRemote")]
    [InlineData("--urls=http://*:0", "Listen:AllowRemote")]
    [InlineData("--urls=http://127.0.0.1:0;http://[::]:0", "Listen:AllowRemote")]
    [InlineData("--urls=http://0.0.0.0:0 --Listen:AllowRemote=true", "Auth:Anonymous=none")]
    [InlineData("--urls=http://0.0.0.0:0 --Listen:AllowRemote=true --Auth:Anonymous=all", "Auth:Anonymous=none")]
    [InlineData("--urls=ftp://127.0.0.1:0", "ftp://127.0.0.1:0")]
    [InlineData("--urls=nonsense", "nonsense")]
    [InlineData("--urls=http://example.org:80", "example.org")]
    [InlineData("--urls=http://127.0.0.1:99999", "99999")]
    [InlineData("--Auth:Anonymous=some", "read, none, all")]
    [InlineData("--Listen:AllowRemote=perhaps", "")]
    [InlineData("--RateLimits:Enabled=often", "RateLimits:Enabled")]
    [InlineData("--RateLimits:read=0", "RateLimits:read")]
    [InlineData("--WebSocket:UpdateInterval=never", "WebSocket:UpdateInterval")]
    [InlineData("--Kestrel:Endpoints:A:Url=http://0.0.0.0:1", "--urls")]
    [InlineData("--Logging:LogLevel:Default=Loud", "Logging:LogLevel:Default")]
    public async Task A_setting_that_does_not_fit_is_refused_in_a_sentence(string settings, string expected)
    {
        var given = settings.Split(' ');
        if (!settings.Contains("urls")) given = [.. given, settings.Contains("AllowRemote") ? "--urls=http://0.0.0.0:0" : "--urls=http://127.0.0.1:0"];

        var (code, error) = await RunAsync(_folder.Path, given);

        Assert.Equal(ExitCodes.BadConfiguration, code);
        Assert.Contains(expected, error);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_damaged_key_is_not_overwritten()
    {
        var keys = Directory.CreateDirectory(Path.Combine(_folder.Path, "keys"));
        var path = Path.Combine(keys.FullName, "jwt.key");
        File.WriteAllText(path, "damaged");

        var (code, error) = await RunAsync(_folder.Path, "--urls=http://127.0.0.1:0");

        Assert.Equal(ExitCodes.BadConfiguration, code);
        Assert.Contains(path, error);
        Assert.Equal("damaged", File.ReadAllText(path));
    }

    [Fact]
    public async Task A_home_that_cannot_be_is_refused()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        Assert.Equal(ExitCodes.BadConfiguration, (await RunAsync(Path.Combine(file, "home"), "--urls=http://127.0.0.1:0")).Code);
        var deep = Path.Combine(_folder.Path, new string('d', 120));
        var (code, error) = await RunAsync(deep, "--urls=http://127.0.0.1:0");
        Assert.Equal(ExitCodes.BadConfiguration, code);
        Assert.Contains("ziggie.sock", error);
    }

    [Fact]
    public async Task It_listens_beyond_loopback_when_told_and_answers_its_address()
    {
        await using var daemon = await FakeDaemon.StartAsync("--urls=http://0.0.0.0:0", "--Listen:AllowRemote=true", "--Auth:Anonymous=none");
        var port = daemon.Address.Port;
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        (await new ApiClient(http).GetAsync("/api/services")).Problem(401, "unauthenticated");
        (await new ApiClient(http).GetAsync("/health/live", ("Host", "evil.example"))).Problem(403, "host_refused");
    }

    [Fact]
    public async Task Several_addresses_are_all_answered()
    {
        await using var daemon = await FakeDaemon.StartAsync("--urls=http://localhost:0;http://127.0.0.1:0");
        var addresses = daemon.Console.ToString().Split(Environment.NewLine).Where(l => l.StartsWith("Listening on ")).ToArray();
        Assert.Equal(2, addresses.Length);
        foreach (var address in addresses)
        {
            using var http = new HttpClient { BaseAddress = new Uri(address["Listening on ".Length..]) };
            (await new ApiClient(http).GetAsync("/api/services")).Ok();
        }
    }

    private static async Task<(int Code, string Error)> RunAsync(string home, params string[] settings)
    {
        await using var daemon = new FakeDaemon();
        using var errors = new StringWriter();
        var code = await ZiggieProgram.RunAsync([$"--ZIGGIE_HOME={home}", .. settings], (collection, _) => daemon.Configure(collection), TextWriter.Null, errors)
            .WaitAsync(Wait.Limit);
        return (code, errors.ToString());
    }
}
