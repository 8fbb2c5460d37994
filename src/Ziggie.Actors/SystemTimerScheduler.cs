using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Ziggie.Actors;

/// <summary>
/// Akka's scheduler on the timers of the runtime, which cost nothing while nothing is due. Akka's own wakes a thread a hundred times a
/// second all its life, and is late by up to a hundredth of a second.
/// </summary>
public sealed class SystemTimerScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log), IDateTimeOffsetNowTimeProvider, IDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly ConcurrentDictionary<Entry, byte> _entries = new();
    private readonly ILoggingAdapter _log = log;
    private volatile bool _isDisposed;

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var entry in _entries.Keys) entry.Dispose();
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(delay, Never, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Add(delay, Never, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => Add(delay, Never, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action.Run, cancelable);

    private void Add(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        if (_isDisposed || cancelable?.IsCancellationRequested == true) return;
        // Longer than the runtime's timers can: for a wait of that kind nobody notices.
        var due = delay < TimeSpan.Zero ? TimeSpan.Zero : delay > Longest ? Longest : delay;
        var entry = new Entry(this, action, isOnce: interval == Never);
        _entries[entry] = 0;
        entry.Begin(due, interval, cancelable);
        if (_isDisposed) entry.Dispose();
    }

    /// <summary>One thing that is due once or again and again; held by the scheduler, since the runtime drops timers that nobody holds.</summary>
    private sealed class Entry : IDisposable
    {
        private readonly SystemTimerScheduler _owner;
        private readonly Action _action;
        private readonly bool _isOnce;
        private readonly Timer _timer;
        private CancellationTokenRegistration _cancellation;
        private int _isOver;

        public Entry(SystemTimerScheduler owner, Action action, bool isOnce)
        {
            (_owner, _action, _isOnce) = (owner, action, isOnce);
            _timer = new Timer(static entry => ((Entry)entry!).Fire(), this, Never, Never);
        }

        public void Begin(TimeSpan due, TimeSpan interval, ICancelable? cancelable)
        {
            if (cancelable is not null) _cancellation = cancelable.Token.UnsafeRegister(static entry => ((Entry)entry!).Dispose(), this);
            try
            {
                _timer.Change(due, interval);
            }
            catch (ObjectDisposedException)
            {
                // cancelled meanwhile
            }
        }

        public void Dispose()
        {
            Volatile.Write(ref _isOver, 1);
            _owner._entries.TryRemove(this, out _);
            _timer.Dispose();
            _cancellation.Unregister();
        }

        private void Fire()
        {
            // Cancelled in the last moment: it must not come any more.
            if (Volatile.Read(ref _isOver) != 0) return;
            if (_isOnce) Dispose();
            try
            {
                _action();
            }
            catch (Exception error)
            {
                _owner._log.Error(error, "What was scheduled has failed.");
            }
        }
    }
}
