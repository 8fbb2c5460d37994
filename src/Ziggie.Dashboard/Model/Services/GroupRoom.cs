namespace Ziggie.Dashboard.Model.Services;

/// <summary>How many groups of a service have room beside each other.</summary>
public static class GroupRoom
{
    /// <summary>What is around a name, and the number of those that are left out, in letters.</summary>
    private const int Frame = 3, Rest = 5;

    /// <summary>At least the first, whose end is then cut.</summary>
    public static int CountOf(IReadOnlyList<string> groups, int letters)
    {
        if (groups.Sum(group => group.Length + Frame) <= letters) return groups.Count;
        var (count, left) = (0, letters - Rest);
        while (count < groups.Count && (left -= groups[count].Length + Frame) >= 0) count++;
        return Math.Min(groups.Count, Math.Max(1, count));
    }
}
