namespace Ziggie.Dashboard.Model.Logs;

/// <summary>A line as the browser gets it. Its texts are never markup: the browser sets them as text.</summary>
/// <param name="Key">Of its place.</param>
/// <param name="Source">Index of the source.</param>
/// <param name="Time">Unix milliseconds; null when nobody knows.</param>
/// <param name="Parts">For each piece its text and, as far as it has any, classes, colour and background.</param>
/// <param name="Hidden">Characters that were cut off.</param>
/// <param name="IsHit">Whether the search matches.</param>
public sealed record DrawnLine(string Key, int Source, long? Time, IReadOnlyList<string?[]> Parts, int Hidden, bool IsHit);
