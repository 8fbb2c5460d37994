using System.Globalization;

namespace Ziggie.Persistence.Store;

/// <summary>The files that hold backups; their names sort by time.</summary>
internal static class BackupFolder
{
    private const string Prefix = "ziggie-", Suffix = ".db", Format = "yyyyMMdd'T'HHmmssfff'Z'";

    public static string NameFor(string folder, DateTimeOffset time) =>
        Path.Combine(folder, Prefix + time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture) + Suffix);

    /// <summary>Oldest first; other files in the folder are not ours.</summary>
    public static IReadOnlyList<string> List(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(f => TimeOf(f) is not null).Order(StringComparer.Ordinal)]
            : [];

    public static string? Newest(string folder) => List(folder).LastOrDefault();

    /// <summary>When the backup was made; null when the file's name is not that of a backup.</summary>
    public static DateTimeOffset? TimeOf(string file)
    {
        var name = Path.GetFileName(file);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(Suffix, StringComparison.Ordinal)) return null;
        return DateTimeOffset.TryParseExact(
            name[Prefix.Length..^Suffix.Length], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
    }

    /// <summary>Deletes all but the newest.</summary>
    public static void Prune(string folder, int keep)
    {
        foreach (var old in List(folder).SkipLast(keep)) File.Delete(old);
    }
}
