namespace Ziggie.Actors;

/// <summary>Finds what somebody may have meant.</summary>
public static class NearNames
{
    /// <summary>Names that are a slip or two away, or begin alike; the nearest first.</summary>
    public static IEnumerable<string> Of(string name, IEnumerable<string> names) => names
        .Select(candidate => (candidate, distance: Distance(name, candidate)))
        .Where(c => c.distance <= Math.Min(2, (name.Length + 1) / 2) || IsBeginning(name, c.candidate))
        .OrderBy(c => c.distance).ThenBy(c => c.candidate, StringComparer.Ordinal)
        .Select(c => c.candidate);

    private static bool IsBeginning(string name, string candidate) =>
        name.Length >= 3 && candidate.StartsWith(name, StringComparison.Ordinal);

    // Levenshtein's distance with one row.
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2) return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
