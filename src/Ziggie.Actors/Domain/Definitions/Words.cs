namespace Ziggie.Actors.Domain.Definitions;

/// <summary>The words by which the values of an enumeration are written, the same for reading and writing.</summary>
internal sealed class Words<T>(params (string Text, T Value)[] words)
    where T : struct
{
    public IEnumerable<string> All => words.Select(w => w.Text);

    public bool TryParse(string text, out T value)
    {
        var at = Array.FindIndex(words, w => w.Text == text);
        value = at < 0 ? default : words[at].Value;
        return at >= 0;
    }

    public string TextOf(T value) => words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Text;
}

/// <summary>The words of each enumeration.</summary>
internal static class Words
{
    public static readonly Words<RestartMode> Restart =
        new(("never", RestartMode.Never), ("on-failure", RestartMode.OnFailure), ("always", RestartMode.Always));

    public static readonly Words<UnhealthyAction> Unhealthy = new(("restart", UnhealthyAction.Restart), ("report", UnhealthyAction.Report));

    public static readonly Words<DependencyCondition> Condition = new(
        ("started", DependencyCondition.Started), ("ready", DependencyCondition.Ready),
        ("healthy", DependencyCondition.Healthy), ("completed", DependencyCondition.Completed));

    public static readonly Words<ScheduleAction> Schedule = new(("start", ScheduleAction.Start), ("restart", ScheduleAction.Restart));

    public static readonly Words<StandardErrorMode> Stderr = new(("merged", StandardErrorMode.Merged), ("separate", StandardErrorMode.Separate));
}
