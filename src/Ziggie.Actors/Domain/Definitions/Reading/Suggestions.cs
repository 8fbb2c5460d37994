namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Suggestions
{
    /// <summary>What other supervisors call our keys.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["environment"] = "env",
        ["working_dir"] = "cwd",
        ["working_directory"] = "cwd",
        ["workdir"] = "cwd",
        ["directory"] = "cwd",
        ["cmd"] = "command",
        ["script"] = "command",
        ["exec_start"] = "command",
        ["autorestart"] = "restart",
        ["availability"] = "restart",
        ["readiness"] = "ready",
        ["readiness_probe"] = "ready",
        ["liveness_probe"] = "health",
        ["healthcheck"] = "health",
        ["shutdown"] = "stop",
        ["stopsignal"] = "stop",
        ["requires"] = "depends_on",
        ["after"] = "depends_on",
        ["cron"] = "schedule",
        ["command_line"] = "command",
        ["ports"] = "port",
        ["log"] = "logs",
        ["tags"] = "labels",
    };

    /// <summary>" Did you mean 'restart'?", with its leading space; empty when nothing is near.</summary>
    public static string For(string word, IEnumerable<string> known) => Nearest(word, known) is { } near ? $" Did you mean '{near}'?" : "";

    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > 100) return null;
        var words = known as IReadOnlyCollection<string> ?? [.. known];
        if (Synonyms.TryGetValue(word, out var ours) && words.Contains(ours)) return ours;
        var plain = Fold(word);
        var allowed = Math.Max(1, plain.Length / 3);
        return words
            .Select(w => (Word: w, Distance: Distance(plain, Fold(w))))
            .Where(c => c.Distance <= allowed && c.Distance < c.Word.Length)
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word)
            .FirstOrDefault();
    }

    private static string Fold(string word) => word.ToLowerInvariant().Replace('-', '_');

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    private static int Distance(string a, string b)
    {
        var costs = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) costs[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) costs[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                var cost = Math.Min(Math.Min(costs[i - 1, j] + 1, costs[i, j - 1] + 1), costs[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = Math.Min(cost, costs[i - 2, j - 2] + 1);
                costs[i, j] = cost;
            }
        }

        return costs[a.Length, b.Length];
    }
}
