using Ziggie.Actors.Domain;
using Ziggie.Actors.Services;

namespace Ziggie.TestHarness.Fakes;

/// <summary>Clocks that follow the virtual scheduler, and dice that always fall in the middle: no jitter.</summary>
public sealed class FakeMoments(Func<VirtualScheduler> scheduler) : IMoments
{
    public const string BootId = "story";

    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private int _runs;

    /// <summary>How far somebody has set the wall clock wrong; the monotonic one does not mind.</summary>
    public TimeSpan ClockError { get; set; }

    public Moment Take()
    {
        var elapsed = scheduler().Elapsed;
        return new Moment(Origin + elapsed + ClockError, elapsed, BootId, $"run-{Interlocked.Increment(ref _runs)}", 0.5);
    }
}
