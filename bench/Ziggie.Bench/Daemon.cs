using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ziggie.Bench;

/// <summary>The real daemon in a home below the temporary folder, spoken to over its Unix socket.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private readonly Process _process;

    private Daemon(Process process, string home)
    {
        (_process, Home) = (process, home);
        Http = new HttpClient(Handler()) { BaseAddress = new Uri("http://localhost"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public string Home { get; }
    public int Pid => _process.Id;
    public HttpClient Http { get; }

    public static string NewHome() => Directory.CreateTempSubdirectory("ziggie-bench-").FullName;

    /// <summary>Starts it; returns at once.</summary>
    public static Daemon Launch(Options options, string home)
    {
        var isDll = options.Daemon.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isDll ? "dotnet" : options.Daemon)
        {
            RedirectStandardOutput = true,
            Environment = { ["ZIGGIE_HOME"] = home, ["DOTNET_gcServer"] = null },
        };
        if (isDll) start.ArgumentList.Add(options.Daemon);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add("http://127.0.0.1:0");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new Daemon(process, home);
    }

    /// <summary>Starts it and waits for its first answer.</summary>
    public static async Task<(Daemon Daemon, double Milliseconds)> StartAsync(Options options, string home)
    {
        var start = Stopwatch.GetTimestamp();
        var daemon = Launch(options, home);
        await Wait.UntilAsync(daemon.AnswersAsync, pauseMilliseconds: 1);
        return (daemon, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>A handler with its own connections.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Home, "run", "ziggie.sock")), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public async Task CreateAsync(object definition)
    {
        using var answer = await Http.PostAsJsonAsync("/api/services", definition);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> PostAsync(string path)
    {
        using var answer = await Http.PostAsync(path, null);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public Task<JsonElement> StatusAsync(string name) => GetAsync($"/api/services/{name}/status");

    /// <summary>Services with a name of ours that have this status.</summary>
    public async Task<int> CountAsync(string status) =>
        (await GetAsync($"/api/services?page_size=1&search=s-&status={status}")).GetProperty("meta").GetProperty("total").GetInt32();

    /// <summary>kill -9.</summary>
    public async Task CrashAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for the end: services included.</summary>
    public async Task<double> StopAsync()
    {
        var start = Stopwatch.GetTimestamp();
        if (!_process.HasExited) _ = Kill(_process.Id, 15);
        await _process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _process.Dispose();
        Directory.Delete(Home, recursive: true);
    }

    [DllImport("libc", EntryPoint = "kill")]
    internal static extern int Kill(int pid, int signal);

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"The daemon ended with {_process.ExitCode}.");
        try
        {
            using var answer = await Http.GetAsync("/api/services");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
