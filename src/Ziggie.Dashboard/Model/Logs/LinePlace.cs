using System.Globalization;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>Where a line is: in which source, at which position, and when it came.</summary>
/// <param name="Source">Index of the source.</param>
/// <param name="Position">Of its first byte.</param>
/// <param name="End">After its line feed.</param>
/// <param name="Time">When it was printed; that of its neighbour when nobody knows.</param>
public readonly record struct LinePlace(int Source, long Position, long End, DateTimeOffset Time) : IComparable<LinePlace>
{
    /// <summary>Names it in the browser.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Source}:{Position}");

    /// <summary>Earlier lines come first; those of one source by their position, whatever its clock did.</summary>
    public int CompareTo(LinePlace other)
    {
        if (Source == other.Source) return Position.CompareTo(other.Position);
        var byTime = Time.CompareTo(other.Time);
        return byTime != 0 ? byTime : Source.CompareTo(other.Source);
    }

    /// <summary>Reads a key.</summary>
    public static bool TryParseKey(string key, out int source, out long position)
    {
        var colon = key.IndexOf(':');
        position = 0;
        return int.TryParse(key.AsSpan(0, Math.Max(0, colon)), NumberStyles.None, CultureInfo.InvariantCulture, out source)
            && long.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out position);
    }
}
