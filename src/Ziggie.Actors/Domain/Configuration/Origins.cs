namespace Ziggie.Actors.Domain.Configuration;

/// <summary>
/// Where a definition comes from, as a text: <c>api</c>, <c>seed</c>, <c>file:PATH</c> for the file in which it stands, or
/// <c>apply:SOURCE</c> for a set that was applied over the API.
/// </summary>
public static class Origins
{
    public const string Api = "api";
    public const string Seed = "seed";

    /// <summary>The set to which all files of the daemon belong, whichever of them a service stands in.</summary>
    public const string Files = "file";

    private const string FilePrefix = "file:";
    private const string ApplyPrefix = "apply:";

    /// <param name="path">Absolute.</param>
    public static string File(string path) => FilePrefix + path;

    /// <param name="source">1 to 100 of <c>a-z 0-9 _ -</c>, as of a service's name.</param>
    public static string Apply(string source) => ApplyPrefix + source;

    /// <summary>The file's path; null for any other origin.</summary>
    public static string? FileOf(string origin) => origin.StartsWith(FilePrefix, StringComparison.Ordinal) ? origin[FilePrefix.Length..] : null;

    public static bool IsApplied(string origin) => origin.StartsWith(ApplyPrefix, StringComparison.Ordinal);

    /// <summary>What belongs together: applying a set removes the services of the same set that are no longer in it.</summary>
    public static string SetOf(string origin) => FileOf(origin) is null ? origin : Files;

    /// <summary>For what was stored before origins were.</summary>
    public static string OrDefault(string? origin, string by) => origin ?? (by == Seed ? Seed : Api);
}
