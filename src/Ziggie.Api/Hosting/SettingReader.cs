using System.Globalization;

namespace Ziggie.Api.Hosting;

/// <summary>Reads settings; one that does not fit refuses the start instead of falling back in silence.</summary>
internal static class SettingReader
{
    public static bool Bool(IConfiguration configuration, string key, bool fallback)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text)) return fallback;
        return bool.TryParse(text, out var value) ? value : throw Bad(configuration, key, text, "true or false");
    }

    public static int Int(IConfiguration configuration, string key, int fallback, int min, int max)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text)) return fallback;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Bad(configuration, key, text, $"a whole number from {min} to {max}");
    }

    /// <summary>Seconds (<c>2</c>, <c>0.5</c>, <c>2s</c>), milliseconds (<c>500ms</c>) or <c>00:00:02</c>.</summary>
    public static TimeSpan Time(IConfiguration configuration, string key, TimeSpan fallback)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text)) return fallback;
        return Durations.TryParse(text, out var value) && value > TimeSpan.Zero ? value : throw Bad(configuration, key, text, "a time such as 2s");
    }

    public static T Word<T>(IConfiguration configuration, string key, T fallback) where T : struct, Enum
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text)) return fallback;
        var words = Enum.GetNames<T>();
        return words.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw Bad(configuration, key, text, string.Join(", ", words.Select(w => w.ToLowerInvariant())));
    }

    /// <summary>A list in configuration (<c>Key:0</c>, <c>Key:1</c>), or one text with commas.</summary>
    public static IReadOnlyList<string> List(IConfiguration configuration, string key) =>
    [
        .. (configuration[key] ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        .. configuration.GetSection(key).GetChildren().Select(c => c.Value?.Trim() ?? "").Where(v => v is not ""),
    ];

    private static StartRefusedException Bad(IConfiguration configuration, string key, string text, string allowed)
    {
        var place = configuration is IConfigurationSection section ? $"{section.Path}:{key}" : key;
        return StartRefusedException.BadSetting($"The setting {place} is '{text}'; it must be {allowed}.");
    }
}
