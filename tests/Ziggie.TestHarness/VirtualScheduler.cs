using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Ziggie.TestHarness;

/// <summary>
/// Akka's scheduler under a clock that moves only when told. What is due fires in the order of its time, with the clock standing at
/// exactly that time.
/// </summary>
public sealed class VirtualScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log), IDateTimeOffsetNowTimeProvider
{
    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Entry, (TimeSpan Due, long Number)> _queue = new();
    private TimeSpan _elapsed;
    private long _number;

    /// <summary>Those of the actors whose time this is.</summary>
    internal Turns Turns { get; } = new();

    /// <summary>Since the machine was made.</summary>
    public TimeSpan Elapsed { get { lock (_gate) return _elapsed; } }

    /// <summary>How often anything was scheduled: grows when somebody was active.</summary>
    public long Scheduled { get { lock (_gate) return _number; } }

    public override TimeSpan MonotonicClock => Elapsed;

    public override TimeSpan HighResMonotonicClock => Elapsed;

    protected override DateTimeOffset TimeNow => Origin + Elapsed;

    /// <summary>When the next thing is due; null when nothing is.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                while (_queue.TryPeek(out var entry, out var at) && entry.IsCancelled) _queue.Dequeue();
                return _queue.TryPeek(out _, out var next) ? next.Due : null;
            }
        }
    }

    /// <summary>Moves the clock, and fires what is due at that time. Nothing due before may be left.</summary>
    public void MoveTo(TimeSpan time)
    {
        lock (_gate) _elapsed = time;
        while (TakeDue(time) is { } entry) entry.Action();
    }

    /// <summary>Does something at a later time.</summary>
    public void After(TimeSpan delay, Action action) => Add(delay, null, action, null);

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Add(delay, null, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Add(delay, null, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(initialDelay, interval, action.Run, cancelable);

    private void Add(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        lock (_gate)
        {
            var due = _elapsed + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
            _queue.Enqueue(new Entry(interval, action, cancelable), (due, _number++));
        }
    }

    private Entry? TakeDue(TimeSpan time)
    {
        lock (_gate)
        {
            while (_queue.TryPeek(out var entry, out var at) && at.Due <= time)
            {
                _queue.Dequeue();
                if (entry.IsCancelled) continue;
                if (entry.Interval is { } interval) _queue.Enqueue(entry, (at.Due + interval, _number++));
                return entry;
            }
            return null;
        }
    }

    private sealed record Entry(TimeSpan? Interval, Action Action, ICancelable? Cancelable)
    {
        public bool IsCancelled => Cancelable?.IsCancellationRequested == true;
    }
}
