namespace Ziggie.Dashboard.Model.Logs;

/// <summary>
/// The lines in the browser. Each call ends when the browser has drawn: whoever waits for it never sends more than a browser can take.
/// </summary>
public interface ILogPane
{
    /// <summary>Shows these lines and no others.</summary>
    /// <param name="lines">In their order.</param>
    /// <param name="target">The key of the line to be centred; null for the end, "" for the beginning.</param>
    Task ResetAsync(IReadOnlyList<DrawnLine> lines, string? target);

    /// <summary>Adds lines below; those whose key is there are drawn again in their place.</summary>
    /// <param name="lines">In their order.</param>
    /// <param name="skipped">Bytes before them that are not shown.</param>
    /// <param name="first">The key of the first line that stays; null for all.</param>
    Task AppendAsync(IReadOnlyList<DrawnLine> lines, long skipped, string? first);

    /// <summary>Adds lines above, without moving what is in view.</summary>
    /// <param name="lines">In their order.</param>
    /// <param name="last">The key of the last line that stays; null for all.</param>
    Task PrependAsync(IReadOnlyList<DrawnLine> lines, string? last);

    /// <summary>Marks a line and brings it into view.</summary>
    Task MarkAsync(string key);

    /// <summary>Draws a line again.</summary>
    Task ReplaceAsync(DrawnLine line);

    /// <summary>Says what is beyond the lines that are there, and whether the end is followed.</summary>
    /// <param name="atOldest">Nothing is above them.</param>
    /// <param name="atNewest">Nothing is below them.</param>
    /// <param name="isFollowing">The view stays at the end.</param>
    Task SetEdgesAsync(bool atOldest, bool atNewest, bool isFollowing);
}
