namespace Ziggie.Actors;

/// <summary>What is to be done to several services.</summary>
public enum BulkVerb { Start, Stop, Restart }

/// <param name="Verb">What to do.</param>
/// <param name="Names">To which, in any case or by id; those that are unknown are answered so.</param>
public sealed record BulkAction(BulkVerb Verb, IReadOnlyCollection<string> Names)
{
    /// <summary>
    /// Also to those that depend on them, directly or not: they stop before, and come up after, what they depend on. Of these only the ones
    /// that are wanted up are touched. Means nothing for a start.
    /// </summary>
    public bool WithDependents { get; init; }

    /// <summary>For a stop: from the signal to SIGKILL; null for each definition's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>For a stop: SIGKILL at once.</summary>
    public bool Force { get; init; }

    /// <summary>Told what came of each as soon as that is known, on any thread.</summary>
    public IProgress<ServiceOutcome>? Progress { get; init; }
}

/// <param name="Service">Its name.</param>
/// <param name="Reply">What came of it.</param>
/// <param name="IsChanged">False when it was already as asked for.</param>
public sealed record ServiceOutcome(string Service, CommandReply Reply, bool IsChanged);
