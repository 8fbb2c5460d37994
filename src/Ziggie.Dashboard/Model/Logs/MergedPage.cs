namespace Ziggie.Dashboard.Model.Logs;

/// <summary>Lines of several logs in the order of time.</summary>
/// <param name="Lines">Those that were wanted.</param>
/// <param name="Next">For each source, where to go on in the same direction.</param>
/// <param name="IsOver">Whether there is nothing more in that direction, as of now.</param>
/// <param name="Starts">For each source, the position of its oldest kept byte.</param>
/// <param name="Ends">For each source, the position after its last byte.</param>
/// <param name="Finished">For each source, the position after its last finished line, when it was read from its end.</param>
/// <param name="Looked">Bytes that were looked at.</param>
public sealed record MergedPage(
    IReadOnlyList<MergedLine> Lines, long[] Next, bool IsOver, long[] Starts, long[] Ends, long[] Finished, long Looked);
