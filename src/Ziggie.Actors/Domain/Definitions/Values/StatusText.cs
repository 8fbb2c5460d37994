using System.Globalization;

namespace Ziggie.Actors.Domain.Definitions.Values;

/// <summary>The HTTP statuses that count as success: <c>200</c> or <c>200-299</c>, between 100 and 599.</summary>
public static class StatusText
{
    public const int DefaultFrom = 200;
    public const int DefaultTo = 299;

    public static bool TryParse(string text, out int from, out int to)
    {
        var dash = text.IndexOf('-');
        to = 0;
        var first = dash < 0 ? text : text[..dash].TrimEnd();
        var second = dash < 0 ? text : text[(dash + 1)..].TrimStart();
        return TryStatus(first, out from) && TryStatus(second, out to) && from <= to;
    }

    public static string Format(int from, int to) =>
        from == to ? from.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{from}-{to}");

    private static bool TryStatus(string text, out int status) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
