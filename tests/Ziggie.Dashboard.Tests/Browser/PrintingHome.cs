using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Dashboard.Tests.Browser;

/// <summary>A daemon with two services that print what a test wants them to, when it wants it.</summary>
public sealed class PrintingHome : IAsyncLifetime
{
    public const string One = "speaker", Other = "echo";

    /// <summary>So many lines of <see cref="One"/> are there from the start; each hundredth has the word "needle" in it.</summary>
    public const int Lines = 600;

    private readonly DaemonHome _home = new();

    internal RealDaemon Daemon { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        if (Chromium.Program is null) return;
        var first = Enumerable.Range(1, Lines).Select(n => $"\e[32mINFO\e[0m request {n}{(n % 100 == 0 ? " has a \e[1mnee\e[0mdle" : "")}");
        await File.WriteAllLinesAsync(FileOf(One), first);
        await File.WriteAllTextAsync(FileOf(Other), "");
        Daemon = await _home.StartAsync();
        foreach (var name in new[] { One, Other })
        {
            var service = await Daemon.DefineAsync(new { name, command = new[] { "tail", "-n", "+1", "-f", FileOf(name) }, groups = new[] { "voices" }, ready = new { grace = "50ms" } });
            await service.StartAsync();
        }
        await Daemon.Service(One).PrintedAsync($"\e[32mINFO\e[0m request {Lines}");
    }

    /// <summary>Returns once it is in the log.</summary>
    public async Task PrintAsync(string service, string line)
    {
        await File.AppendAllTextAsync(FileOf(service), line + "\n");
        await Daemon.Service(service).PrintedAsync(line);
    }

    public async Task DisposeAsync() => await _home.DisposeAsync();

    private string FileOf(string service) => _home.In(service);
}
