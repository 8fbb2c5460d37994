using System.Globalization;

namespace Ziggie.Dashboard.Model;

/// <summary>Numbers as people read them.</summary>
public static class Figures
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>"0.4 %", "12 %", "180 %": of one core, or of all. A dash when it is not known.</summary>
    public static string Percent(double? value) => value switch
    {
        null => "–",
        < 0.05 => "0 %",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} %"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0} %"),
    };

    /// <summary>"512 B", "4.2 MB", "128 MB": powers of ten, as in definitions. A dash when it is not known.</summary>
    public static string Bytes(long? bytes)
    {
        if (bytes is not { } value) return "–";
        var (amount, unit) = ((double)value, 0);
        for (; amount >= 999.5 && unit < Units.Length - 1; unit++) amount /= 1000;
        return unit == 0 || amount >= 99.5
            ? string.Create(CultureInfo.InvariantCulture, $"{amount:0} {Units[unit]}")
            : string.Create(CultureInfo.InvariantCulture, $"{amount:0.0} {Units[unit]}");
    }

    /// <summary>"1 service", "3 services".</summary>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
