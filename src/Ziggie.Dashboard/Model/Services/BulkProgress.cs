using Ziggie.Actors;

namespace Ziggie.Dashboard.Model.Services;

/// <summary>How far a command to several services has come. Told on any thread.</summary>
/// <param name="all">To how many it was given.</param>
public sealed class BulkProgress(int all) : IProgress<ServiceOutcome>
{
    private int _done;

    /// <summary>"312 of 1,003".</summary>
    public string Words => FormattableString.Invariant($"{Math.Min(Volatile.Read(ref _done), all):N0} of {all:N0}");

    public void Report(ServiceOutcome value) => Interlocked.Increment(ref _done);
}
