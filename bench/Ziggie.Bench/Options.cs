namespace Ziggie.Bench;

/// <summary>What to measure, and how often.</summary>
/// <param name="Daemon">Path of Ziggie.Api.dll or of the daemon's executable.</param>
/// <param name="Runs">Repetitions of what takes long; medians are taken over them.</param>
/// <param name="Services">How many are many.</param>
/// <param name="Parts">In this order.</param>
internal sealed record Options(string Daemon, int Runs, int Services, IReadOnlyList<string> Parts)
{
    /// <summary>PM2's program; null: it is not measured.</summary>
    public string? Pm2 { get; init; }

    /// <summary>How long idling is watched.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(10);

    public const string Usage =
        "usage: Ziggie.Bench VERB --daemon PATH [--runs N] [--services N] [--quick] [--pm2 PATH]\n"
        + "  start     first-answer one-service requests thousand sockets peers\n"
        + "  logs      logs tail\n"
        + "  recovery  stored adopted\n"
        + "  policies  crashes and idling with 10, 100 and 1000 services, of supervisord, runit and PM2 as well where they are\n"
        + "  dashboard one open page while half of all services change each second; needs chromium and python3\n"
        + "  restarts  memory, descriptors and threads over so many restarts as there are runs\n"
        + "--quick: one run, and idling is watched for 5 s.\n"
        + "or one of the parts on its own.";

    public static Options? Parse(string[] args)
    {
        var (daemon, runs, services, quick) = ("", 5, 1000, false);
        string? pm2 = null;
        List<string> parts = [];
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--daemon" when i + 1 < args.Length: daemon = Path.GetFullPath(args[++i]); break;
                case "--runs" when i + 1 < args.Length && int.TryParse(args[i + 1], out runs): i++; break;
                case "--services" when i + 1 < args.Length && int.TryParse(args[i + 1], out services): i++; break;
                case "--pm2" when i + 1 < args.Length: pm2 = Path.GetFullPath(args[++i]); break;
                case "--quick": quick = true; break;
                case "start": parts.AddRange(["first-answer", "one-service", "requests", "thousand", "sockets", "peers"]); break;
                case "logs": parts.AddRange(["logs", "tail"]); break;
                case "recovery": parts.AddRange(["stored", "adopted"]); break;
                case ['-', ..]: return null;
                default: parts.Add(args[i]); break;
            }
        }
        if (parts.Count == 0 || !File.Exists(daemon) || (pm2 is not null && !File.Exists(pm2))) return null;
        return new Options(daemon, quick ? 1 : runs, services, parts) { Pm2 = pm2, Idle = TimeSpan.FromSeconds(quick ? 5 : 10) };
    }
}
