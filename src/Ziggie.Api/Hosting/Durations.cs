using System.Globalization;

namespace Ziggie.Api.Hosting;

/// <summary>Durations as people write them: <c>10m</c>, <c>500ms</c>, <c>1h30m</c>, <c>2</c> (seconds), <c>00:00:02</c>.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        text = text.Trim();
        if (text.Contains(':')) return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && value >= TimeSpan.Zero;

        var seconds = 0.0;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) at++;
            if (!double.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return false;
            var unit = at;
            while (at < text.Length && char.IsAsciiLetter(text[at])) at++;
            if (UnitSeconds(text.AsSpan(unit, at - unit), isWhole: start == 0 && at == text.Length) is not { } factor) return false;
            seconds += number * factor;
        }

        if (text.Length == 0 || seconds > TimeSpan.FromDays(36_500).TotalSeconds) return false;
        value = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static double? UnitSeconds(ReadOnlySpan<char> unit, bool isWhole) => unit switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        "" when isWhole => 1,
        _ => null,
    };
}
