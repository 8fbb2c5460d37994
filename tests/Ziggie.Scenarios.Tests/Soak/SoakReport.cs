using System.Collections.Concurrent;
using System.Text;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>What the soak has done and found.</summary>
internal sealed class SoakReport
{
    private readonly ConcurrentDictionary<string, long> _counts = new();

    /// <summary>What must not be; each says what to look at.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    public ConcurrentQueue<string> Notes { get; } = [];

    public long this[string what] => _counts.GetValueOrDefault(what);

    public void Count(string what, long number = 1) => _counts.AddOrUpdate(what, number, (_, before) => before + number);

    public void Set(string what, long number) => _counts[what] = number;

    public void Violate(string sentence)
    {
        if (Violations.Count < 200) Violations.Enqueue(sentence);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (what, number) in _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(what.PadRight(54)).Append(number).Append('\n');
        foreach (var note in Notes) text.Append("note: ").Append(note).Append('\n');
        foreach (var violation in Violations) text.Append("VIOLATION: ").Append(violation).Append('\n');
        return text.ToString();
    }
}
