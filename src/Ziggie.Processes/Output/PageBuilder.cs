namespace Ziggie.Processes.Output;

/// <summary>Gathers the newest lines, newest first. A page is also full when its text is large, so that no query can take all memory.</summary>
internal sealed class PageBuilder(int lines)
{
    private const long LargestText = 64 * 1024 * 1024;

    private readonly List<LogEntry> _newestFirst = [];
    private long _characters;

    public int Left => Math.Max(0, lines - _newestFirst.Count);

    public bool IsFull => Left == 0 || _characters >= LargestText;

    public void Add(LogEntry entry)
    {
        if (IsFull) return;
        _newestFirst.Add(entry);
        _characters += entry.Text.Length;
    }

    public IReadOnlyList<LogEntry> InOrder()
    {
        _newestFirst.Reverse();
        return _newestFirst;
    }
}
