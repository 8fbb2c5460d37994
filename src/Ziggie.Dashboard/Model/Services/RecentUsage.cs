using Ziggie.Actors.Resources;

namespace Ziggie.Dashboard.Model.Services;

/// <summary>What services have used in the last minutes, for small lines. Read anew only when a line would have moved by a point.</summary>
public sealed class RecentUsage(IResourceFeed resources, TimeProvider time)
{
    private const int Points = 40;
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, UsageLines> _lines = new(StringComparer.Ordinal);
    private long _step;

    /// <summary>The same object until there is something new to draw.</summary>
    public UsageLines Of(ServiceRow service)
    {
        if (service.View.Pid is null) return UsageLines.None;
        var now = time.GetUtcNow();
        var step = now.Ticks / (Span.Ticks / Points);
        if (step != _step) _lines.Clear();
        _step = step;
        if (_lines.TryGetValue(service.Name, out var lines)) return lines;
        var history = resources.History(service.Name, now - Span, Points);
        return _lines[service.Name] = new UsageLines([.. history.Select(p => p.CpuPercent)], [.. history.Select(p => (double?)p.MemoryBytes)]);
    }
}

/// <param name="Cpu">Percent of one core, in the order of time; null where nothing was measured.</param>
/// <param name="Memory">Bytes, likewise.</param>
public sealed record UsageLines(IReadOnlyList<double?> Cpu, IReadOnlyList<double?> Memory)
{
    public static UsageLines None { get; } = new([], []);
}
