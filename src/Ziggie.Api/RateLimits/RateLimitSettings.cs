using Ziggie.Api.Hosting;

namespace Ziggie.Api.RateLimits;

/// <summary>Requests that one client may make to one route in a minute.</summary>
/// <param name="Enabled">False for none at all.</param>
/// <param name="PerMinute">By policy.</param>
internal sealed record RateLimitSettings(bool Enabled, IReadOnlyDictionary<string, int> PerMinute)
{
    public const string Read = "read";
    public const string Command = "command";
    public const string Logs = "logs";
    public const string Metrics = "metrics";
    public const string Define = "define";
    public const string Signal = "signal";
    public const string Auth = "auth";
    public const string Daemon = "daemon";
    public const string Config = "config";

    /// <summary>By address whoever asks, so that passwords cannot be tried out.</summary>
    public const string Login = "login";

    private static readonly (string Policy, int PerMinute)[] Defaults =
        [(Read, 60), (Command, 10), (Logs, 30), (Metrics, 30), (Define, 30), (Signal, 30), (Auth, 10), (Login, 10), (Daemon, 5), (Config, 10)];

    public static RateLimitSettings FromConfiguration(IConfiguration configuration) => new(
        SettingReader.Bool(configuration, "RateLimits:Enabled", true),
        Defaults.ToDictionary(d => d.Policy,
            d => SettingReader.Int(configuration, $"RateLimits:{d.Policy}", d.PerMinute, 1, int.MaxValue)));
}
