using System.Collections.Immutable;

namespace Ziggie.Persistence.History;

/// <summary>What to look for; what is left out does not narrow. Newest first.</summary>
public sealed record HistoryQuery
{
    public const int MaxLimit = 1000;

    /// <summary>A name, also of services that are no more; every service that ever had it.</summary>
    public string? Service { get; init; }

    public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>Exactly as it is in the history.</summary>
    public string? Who { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Not after.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what is older than this place; null for the newest.</summary>
    public HistoryCursor? Before { get; init; }

    /// <summary>1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 100;
}

/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, HistoryCursor? Next);
