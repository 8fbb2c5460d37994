using System.Collections.Immutable;
using Ziggie.Actors.Domain.Configuration;

namespace Ziggie.Actors;

/// <summary>What came of a plan or of an apply. A closed set.</summary>
public abstract record ConfigurationReply
{
    private ConfigurationReply() { }

    /// <param name="Services">Every service of the set, and those that go, in the order of names.</param>
    /// <param name="IsDryRun">It was only a plan.</param>
    public sealed record Done(ImmutableArray<ServiceResult> Services, bool IsDryRun) : ConfigurationReply;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(CommandReply.Refused Why) : ConfigurationReply;
}

/// <summary>One service of a plan or an apply.</summary>
/// <param name="Change">What is different.</param>
/// <param name="Restarts">Its process is started anew for the change.</param>
/// <param name="Starts">It is new and starts with the daemon, so it starts now.</param>
/// <param name="Reply">What came of it; null for a plan, when nothing was to be done, and when nobody waited for it.</param>
public sealed record ServiceResult(PlannedChange Change, bool Restarts, bool Starts, CommandReply? Reply = null);
