namespace Ziggie.Actors.Resources;

/// <summary>Ten minutes of samples as they were taken, and an hour of half minutes: mean processor time, greatest memory.</summary>
internal sealed class UsageHistory
{
    private static readonly TimeSpan Fine = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Coarse = TimeSpan.FromHours(1);
    private static readonly TimeSpan CoarseStep = TimeSpan.FromSeconds(30);

    /// <summary>More would be measured than anybody can look at.</summary>
    private const int MostFine = 600;

    private readonly Lock _gate = new();
    private readonly UsageRing _fine;
    private readonly UsageRing _coarse = new((int)(Coarse / CoarseStep));
    private long _lastCoarse;

    public UsageHistory(TimeSpan interval) => _fine = new UsageRing((int)Math.Clamp(Fine / interval, 10, MostFine));

    public void Add(DateTimeOffset at, IEnumerable<(string Name, double? Cpu, long Memory)> values)
    {
        lock (_gate)
        {
            var time = at.UtcTicks;
            _fine.Add(time, values);
            if (_lastCoarse == 0) _lastCoarse = time;
            if (time - _lastCoarse < CoarseStep.Ticks) return;
            _coarse.Add(time, [.. _fine.Names.SelectMany(name => Together(name, _lastCoarse + 1))]);
            _lastCoarse = time;
        }
    }

    public IReadOnlyList<UsagePoint> Read(string name, DateTimeOffset since, int points)
    {
        List<(long Time, double? Cpu, long Memory)> found;
        lock (_gate) found = [.. _coarse.Read(name, since.UtcTicks, before: _fine.Oldest), .. _fine.Read(name, since.UtcTicks)];
        var share = Math.Max(1, (found.Count + points - 1) / points);
        return [.. found.Chunk(share).Select(part => new UsagePoint(
            new DateTimeOffset(part[^1].Time, TimeSpan.Zero), Mean(part.Select(p => p.Cpu)), part.Max(p => p.Memory)))];
    }

    private IEnumerable<(string Name, double? Cpu, long Memory)> Together(string name, long since)
    {
        var samples = _fine.Read(name, since).ToList();
        if (samples.Count > 0) yield return (name, Mean(samples.Select(s => s.Cpu)), samples.Max(s => s.Memory));
    }

    private static double? Mean(IEnumerable<double?> values) => values.Average() is { } mean ? Math.Round(mean, 2) : null;
}
