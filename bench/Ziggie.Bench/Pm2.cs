using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ziggie.Bench;

/// <summary>PM2's daemon, without its log rotation, which is a module of its own.</summary>
/// <param name="program">Of the npm package: bin/pm2.</param>
internal sealed class Pm2(string program) : Peer
{
    private const string Sleep = "/bin/sleep";

    public override string Name => "PM2";

    // It runs a program by its whole path.
    public override string Prefix => "/bin/" + Templates.Prefix;

    public override string Command(int index) => "/bin/" + Templates.Command(index);

    public override Process Start(int services, string folder)
    {
        var file = Path.Combine(folder, "services.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            apps = Enumerable.Range(0, services).Select(index => new
            {
                name = Templates.Name(index),
                script = Sleep,
                args = Templates.Command(index).Split(' ')[1],
                interpreter = "none",
                autorestart = true,
            }),
        }));
        return Call(folder, "start", file);
    }

    /// <summary>The daemon alone; the program that was called has ended.</summary>
    public override IReadOnlyList<int> Own(Process process, string folder) =>
        [int.Parse(File.ReadAllText(Path.Combine(folder, "pm2.pid")), CultureInfo.InvariantCulture)];

    public override async Task EndAsync(Process process, string folder)
    {
        await process.WaitForExitAsync();
        using var end = Call(folder, "kill");
        await end.WaitForExitAsync();
    }

    private Process Call(string folder, params string[] arguments) => Run(program, arguments, ("PM2_HOME", folder), ("PM2_DISCRETE_MODE", "true"));
}
