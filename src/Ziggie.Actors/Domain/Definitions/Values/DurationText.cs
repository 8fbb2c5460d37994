using System.Globalization;
using System.Text;

namespace Ziggie.Actors.Domain.Definitions.Values;

/// <summary>
/// Durations as people write them: <c>250ms</c>, <c>1s</c>, <c>10m</c>, <c>1h30m</c>, <c>30d</c>; a bare number is seconds.
/// The largest unit comes first, and one millisecond is the finest step.
/// </summary>
public static class DurationText
{
    public const string Examples = "250ms, 1s, 10m, 1h30m or 30d";

    private const decimal LongestMs = 10_000m * 86_400_000m;

    private static readonly (string Name, long Ms)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        if (TryNumber(text, out var seconds)) return TryMilliseconds(seconds * 1_000, out value);

        var total = 0m;
        var next = 0;
        for (var at = 0; at < text.Length;)
        {
            var numberEnd = Skip(text, at, c => char.IsAsciiDigit(c) || c == '.');
            var unitEnd = Skip(text, numberEnd, char.IsAsciiLetter);
            if (!TryNumber(text[at..numberEnd], out var number)) return false;
            var unit = Array.FindIndex(Units, u => u.Name == text[numberEnd..unitEnd]);
            if (unit < next) return false;
            total += number * Units[unit].Ms;
            next = unit + 1;
            at = unitEnd;
        }

        return text.Length > 0 && TryMilliseconds(total, out value);
    }

    /// <summary>The one way in which a duration is written back; whole milliseconds only.</summary>
    public static string Format(TimeSpan value)
    {
        var rest = value.Ticks / TimeSpan.TicksPerMillisecond;
        if (rest == 0) return "0s";
        var text = new StringBuilder();
        foreach (var (name, ms) in Units)
        {
            if (rest < ms) continue;
            text.Append(CultureInfo.InvariantCulture, $"{rest / ms}{name}");
            rest %= ms;
        }

        return text.ToString();
    }

    private static bool TryNumber(string text, out decimal number)
    {
        number = 0;
        return text.Length is > 0 and <= 15 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryMilliseconds(decimal ms, out TimeSpan value)
    {
        value = default;
        if (ms > LongestMs || ms != decimal.Truncate(ms)) return false;
        value = TimeSpan.FromTicks((long)ms * TimeSpan.TicksPerMillisecond);
        return true;
    }

    private static int Skip(string text, int from, Func<char, bool> while_)
    {
        while (from < text.Length && while_(text[from])) from++;
        return from;
    }
}
