using System.Globalization;

namespace Ziggie.Actors.Domain.Definitions.Values;

/// <summary>
/// Numbers of bytes as people write them: <c>10MB</c>, <c>512MiB</c>, <c>64k</c>; a bare number is bytes.
/// k, M, G, T (with or without B, in any case) count in thousands; Ki, Mi, Gi, Ti in 1024s.
/// </summary>
public static class SizeText
{
    public const string Examples = "64kB, 10MB, 512MiB or 1GB";

    private static readonly (string Name, long Bytes)[] Units =
    [
        ("B", 1), ("kB", 1_000), ("KiB", 1L << 10), ("MB", 1_000_000), ("MiB", 1L << 20),
        ("GB", 1_000_000_000), ("GiB", 1L << 30), ("TB", 1_000_000_000_000), ("TiB", 1L << 40),
    ];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
        var number = text[..end];
        var unit = text[end..];
        if (unit.StartsWith(' ') && unit.Length > 1) unit = unit[1..];
        if (number.Length is 0 or > 19 || !char.IsAsciiDigit(number[0]) || !char.IsAsciiDigit(number[^1])) return false;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return false;
        if (!TryUnit(unit, out var factor)) return false;
        var total = count * factor;
        if (total > long.MaxValue || total != decimal.Truncate(total)) return false;
        bytes = (long)total;
        return true;
    }

    /// <summary>The shortest exact text: <c>10MB</c>, <c>64KiB</c>, else bytes as <c>123B</c>.</summary>
    public static string Format(long bytes) => Units
        .Where(u => bytes % u.Bytes == 0 && (bytes > 0 || u.Bytes == 1))
        .Select(u => string.Create(CultureInfo.InvariantCulture, $"{bytes / u.Bytes}{u.Name}"))
        .MinBy(t => t.Length)!;

    private static bool TryUnit(string unit, out long factor)
    {
        var name = unit.Length == 0 ? "B" : unit.EndsWith('b') || unit.EndsWith('B') ? unit : unit + "B";
        var at = Array.FindIndex(Units, u => u.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        factor = at < 0 ? 0 : Units[at].Bytes;
        return at >= 0;
    }
}
