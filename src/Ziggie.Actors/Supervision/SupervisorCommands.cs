using System.Diagnostics;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Supervision;

/// <summary>What the supervisor is asked for; answered with a <see cref="CommandReply"/> where nothing else is said.</summary>
internal static class SupervisorCommands
{
    /// <summary>A command for one service, named in any case or by id.</summary>
    /// <param name="Service">Which one.</param>
    /// <param name="Command">What to do.</param>
    /// <param name="Trace">Where the command comes from, for who traces.</param>
    public sealed record ToService(string Service, ServiceInputs.Command Command, ActivityContext Trace = default);

    /// <summary>Something that was seen of a service from outside of its actor, which decides about it. Not answered.</summary>
    public sealed record Report(string Service, ServiceInput Fact);

    public sealed record Create(ServiceDefinition Definition, string By, string Origin);

    /// <param name="Service">Which one.</param>
    /// <param name="Definition">What it is to be.</param>
    /// <param name="TakesOver">Also when a file defines it.</param>
    /// <param name="By">Who.</param>
    public sealed record Replace(string Service, ServiceDefinition Definition, bool TakesOver, string By);

    /// <summary>Plans or applies a set; answered with a <see cref="ConfigurationReply"/>, or with a refusal.</summary>
    public sealed record Apply(DeclarationSet Set, string By, bool IsDryRun, bool Waits);

    /// <summary>
    /// These services are about to be restarted together: until each has a new run, or is released, none counts as what it was for those
    /// that depend on it. Not answered.
    /// </summary>
    public sealed record Hold(IReadOnlyCollection<string> Names);

    public sealed record Release(IReadOnlyCollection<string> Names);

    /// <summary>Stops all services in reverse order of their dependencies; nothing is started any more.</summary>
    /// <param name="Keep">Their processes are left to the next daemon instead.</param>
    public sealed record StopAll(bool Keep);

    /// <summary>Answered with <see cref="Recovered"/> once every service knows its past and is in the live picture.</summary>
    public sealed record WhenRecovered;

    /// <param name="IsSeeded">The seeds were planted before.</param>
    public sealed record Recovered(bool IsSeeded);

    /// <summary>From now on the seeds count as planted.</summary>
    public sealed record MarkSeeded;
}
