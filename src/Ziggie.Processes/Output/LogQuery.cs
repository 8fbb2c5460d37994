namespace Ziggie.Processes.Output;

/// <summary>Which lines to read: the last <see cref="Lines"/> of those that match all of the rest.</summary>
public sealed record LogQuery
{
    public int Lines { get; init; } = 100;

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>A text (any case), or a regular expression when <see cref="IsRegex"/>; null for every line.</summary>
    public string? Grep { get; init; }

    public bool IsRegex { get; init; }
}
