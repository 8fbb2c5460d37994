using Ziggie.Api.Backups;

namespace Ziggie.Api.CommandLine;

/// <summary>What the program was asked to do.</summary>
internal enum Verb { Run, Seed, Link, Restore, Export, Import, Schema, Help, Version, Unknown }

/// <param name="Verb">What to do.</param>
/// <param name="Settings">The rest, for the configuration.</param>
/// <param name="Operand">For <see cref="Verb.Restore"/>, <see cref="Verb.Export"/> and <see cref="Verb.Import"/>: the file. For <see cref="Verb.Link"/>: the user, or null.</param>
/// <param name="Complaint">For <see cref="Verb.Unknown"/>: what was not understood.</param>
internal sealed record CommandLineArguments(Verb Verb, string[] Settings, string? Operand = null, string? Complaint = null)
{
    // A misspelt setting would be ignored in silence, so the first part of each must be one of these.
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "urls", "environment", "contentRoot", "AllowedHosts", "Auth", "Listen", "RateLimits", "WebSocket", "Shutdown", "Signals", "Logging", "Kestrel",
        "Store", "Akka", "Persistence", "Launcher", "Keeper", "Logs", "Seeds", "Sampling", "Cgroups", "Config", "Metrics", "Notifications",
        "ZIGGIE_HOME", "ZIGGIE_ADMIN_PASSWORD",
    };

    public static CommandLineArguments Parse(string[] args)
    {
        if (args.Any(a => a is "--help" or "-h" or "-?")) return new(Verb.Help, []);
        if (args is ["--version"]) return new(Verb.Version, []);
        if (args is ["schema"]) return new(Verb.Schema, []);
        if (args is ["restore", ..]) return ParseRestore(args[1..]);
        if (args is ["link", ..]) return ParseLink(args[1..]);
        if (args is ["export", ..]) return ParseFile(Verb.Export, args);
        if (args is ["import", ..]) return ParseFile(Verb.Import, args);
        var isSeed = args is ["seed", ..];
        var settings = isSeed ? args[1..] : args;
        return FindFault(settings) is { } complaint
            ? new(Verb.Unknown, [], Complaint: complaint)
            : new(isSeed ? Verb.Seed : Verb.Run, settings);
    }

    private static CommandLineArguments ParseRestore(string[] args)
    {
        var hasOperand = args is [RestoreCommand.List, ..] || (args is [var first, ..] && !first.StartsWith("--", StringComparison.Ordinal));
        var settings = hasOperand ? args[1..] : args;
        return FindFault(settings) is { } complaint
            ? new(Verb.Unknown, [], Complaint: complaint)
            : new(Verb.Restore, settings, hasOperand ? args[0] : RestoreCommand.Latest);
    }

    private static CommandLineArguments ParseLink(string[] args)
    {
        var hasUser = args is [var first, ..] && !first.StartsWith("--", StringComparison.Ordinal);
        var settings = hasUser ? args[1..] : args;
        return FindFault(settings) is { } complaint
            ? new(Verb.Unknown, [], Complaint: complaint)
            : new(Verb.Link, settings, hasUser ? args[0] : null);
    }

    private static CommandLineArguments ParseFile(Verb verb, string[] args)
    {
        if (args is not [_, var file, .. var settings] || file.StartsWith("--", StringComparison.Ordinal))
            return new(Verb.Unknown, [], Complaint: $"'{args[0]}' lacks a file.");
        return FindFault(settings) is { } complaint ? new(Verb.Unknown, [], Complaint: complaint) : new(verb, settings, file);
    }

    private static string? FindFault(string[] settings)
    {
        for (var i = 0; i < settings.Length; i++)
        {
            var text = settings[i];
            if (!text.StartsWith("--", StringComparison.Ordinal)) return $"'{text}' is no command.";
            var key = text[2..].Split('=')[0];
            if (!Known.Contains(key.Split(':')[0])) return $"'--{key}' is no setting.";
            if (text.Contains('=')) continue;
            if (++i >= settings.Length) return $"'--{key}' lacks a value.";
        }

        return null;
    }
}
