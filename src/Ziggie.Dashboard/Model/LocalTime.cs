using System.Globalization;

namespace Ziggie.Dashboard.Model;

/// <summary>Moments as fields for a date and a time have them.</summary>
public static class LocalTime
{
    public static bool TryParse(string? text, out DateTime local) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);

    public static string Write(DateTimeOffset local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
