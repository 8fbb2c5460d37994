namespace Ziggie.Dashboard.Model.Logs;

/// <summary>How a search stands.</summary>
/// <param name="Count">Matches found.</param>
/// <param name="Current">The one that is marked, from the oldest on; null for none.</param>
/// <param name="IsComplete">Whether all was looked at.</param>
/// <param name="IsCapped">Whether there are more than are remembered.</param>
/// <param name="Looked">Bytes that were looked at.</param>
public sealed record HitStatus(int Count, int? Current, bool IsComplete, bool IsCapped, long Looked)
{
    /// <summary>"3 of 12", "12 matches", "No matches", "120+, searching 340 MB".</summary>
    public string Words
    {
        get
        {
            var count = Figures.Count(Count, "match", "matches");
            if (!IsComplete) return Count == 0 ? $"Searching, {Figures.Bytes(Looked)}" : $"{count} so far";
            if (Count == 0) return "No matches";
            var all = IsCapped ? $"{Count:N0}+" : $"{Count:N0}";
            return Current is { } current ? $"{current + 1:N0} of {all}" : IsCapped ? $"{all} matches" : count;
        }
    }
}
