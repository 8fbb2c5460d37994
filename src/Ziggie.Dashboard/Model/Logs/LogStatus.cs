namespace Ziggie.Dashboard.Model.Logs;

/// <summary>How a view of logs stands, for what is around its lines.</summary>
public sealed record LogStatus
{
    /// <summary>Whether the first lines have not been read yet.</summary>
    public bool IsLoading { get; init; } = true;

    /// <summary>Whether the view stays at the end as lines come.</summary>
    public bool IsFollowing { get; init; }

    /// <summary>Whether somebody asked not to follow.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Lines that came while the end was not followed; stops at <see cref="LogSession.MostCounted"/>.</summary>
    public int NewLines { get; init; }

    /// <summary>Whether any of the logs exists.</summary>
    public bool Exists { get; init; }

    /// <summary>Whether no line is shown.</summary>
    public bool IsEmpty { get; init; } = true;

    /// <summary>Bytes looked at while lines are sought that are not found yet; 0 when nothing is sought.</summary>
    public long Seeking { get; init; }

    /// <summary>What cannot be done, in words.</summary>
    public string? Problem { get; init; }
}
