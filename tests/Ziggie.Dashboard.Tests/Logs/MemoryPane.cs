using Ziggie.Dashboard.Model.Logs;

namespace Ziggie.Dashboard.Tests.Logs;

/// <summary>What a browser would show.</summary>
internal sealed class MemoryPane : ILogPane
{
    private readonly Lock _gate = new();
    private readonly List<DrawnLine> _lines = [];

    public string? Marked { get; private set; }

    public long Skipped { get; private set; }

    public bool AtOldest { get; private set; }

    public bool AtNewest { get; private set; }

    /// <summary>How long the browser takes to add lines.</summary>
    public Func<Task> Adding { get; set; } = () => Task.CompletedTask;

    public string[] Texts
    {
        get
        {
            lock (_gate) return [.. _lines.Select(line => string.Concat(line.Parts.Select(part => part[0])))];
        }
    }

    public DrawnLine[] Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    public Task ResetAsync(IReadOnlyList<DrawnLine> lines, string? target)
    {
        lock (_gate)
        {
            _lines.Clear();
            _lines.AddRange(lines);
            Marked = target;
        }
        return Task.CompletedTask;
    }

    public async Task AppendAsync(IReadOnlyList<DrawnLine> lines, long skipped, string? first)
    {
        await Adding();
        lock (_gate)
        {
            Skipped += skipped;
            foreach (var line in lines)
            {
                var known = _lines.FindIndex(old => old.Key == line.Key);
                if (known >= 0) _lines[known] = line;
                else _lines.Add(line);
            }
            if (first is not null) _lines.RemoveRange(0, _lines.FindIndex(line => line.Key == first));
        }
    }

    public Task PrependAsync(IReadOnlyList<DrawnLine> lines, string? last)
    {
        lock (_gate)
        {
            _lines.InsertRange(0, lines);
            if (last is not null) _lines.RemoveRange(_lines.FindIndex(line => line.Key == last) + 1, _lines.Count - _lines.FindIndex(line => line.Key == last) - 1);
        }
        return Task.CompletedTask;
    }

    public Task MarkAsync(string key)
    {
        Marked = key;
        return Task.CompletedTask;
    }

    public Task ReplaceAsync(DrawnLine line)
    {
        lock (_gate) _lines[_lines.FindIndex(old => old.Key == line.Key)] = line;
        return Task.CompletedTask;
    }

    public Task SetEdgesAsync(bool atOldest, bool atNewest, bool isFollowing)
    {
        (AtOldest, AtNewest) = (atOldest, atNewest);
        return Task.CompletedTask;
    }
}
