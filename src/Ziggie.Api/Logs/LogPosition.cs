using System.Globalization;

namespace Ziggie.Api.Logs;

/// <summary>Where a follower stands: <c>OUTPUT</c>, or <c>OUTPUT,ERRORS</c> once it has read something of a separate standard error.</summary>
internal readonly record struct LogPosition(long Output, long Errors)
{
    public static bool TryParse(string text, out LogPosition position)
    {
        var comma = text.IndexOf(',');
        var (first, second) = comma < 0 ? (text, "0") : (text[..comma], text[(comma + 1)..]);
        var isNumber = long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var output);
        isNumber &= long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var errors);
        position = new LogPosition(output, errors);
        return isNumber;
    }

    public override string ToString() => Errors == 0
        ? Output.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Output},{Errors}");
}
