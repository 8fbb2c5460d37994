using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes.Notify;

namespace Ziggie.Actors.Services;

/// <summary>What a service and the supervisor say to each other beside commands.</summary>
internal static class ServiceProtocol
{
    /// <summary>The service knows its past; null definition: it has none, because it was never stored.</summary>
    public sealed record Recovered(int Id, ServiceDefinition? Definition, string? Origin);

    /// <summary>The definition that was last sent to the service is stored.</summary>
    public sealed record Defined(int Id);

    /// <summary>The service's removal is stored and its log is out of the way.</summary>
    /// <param name="Id">The service.</param>
    /// <param name="Mourners">Who is to be answered once its name is free.</param>
    public sealed record Gone(int Id, ImmutableArray<(IActorRef ReplyTo, CommandReply Reply)> Mourners);

    /// <summary>A command with the trace that it is part of.</summary>
    public sealed record Traced(ServiceInputs.Command Command, ActivityContext Trace);

    /// <summary>What the outside sees of the service has changed; null: it is removed.</summary>
    /// <param name="Name">Of the service.</param>
    /// <param name="View">As it is now.</param>
    /// <param name="Trace">What brought it about, for what follows from it.</param>
    public sealed record Changed(string Name, ServiceView? View, ActivityContext Trace = default);

    /// <summary>Asks for <see cref="Domain.ServiceInputs.DependenciesMet"/> or <see cref="Domain.ServiceInputs.DependenciesPending"/>.</summary>
    public sealed record AskDependencies(int Id, long Generation, ServiceDefinition Definition, TimeSpan PortWait);

    /// <summary>The service has said something on its notification socket.</summary>
    public sealed record Notified(long Generation, Notification Notification);

    /// <summary>Time to look whether the schedule's next moment has come.</summary>
    public sealed record ScheduleTick;

    /// <summary>The last message to a removed service: its actor ends for good.</summary>
    public sealed record Forget;

    /// <summary>
    /// Passed on from the service to its prober, its runner and its log writer, which answers: by then everything that came before has
    /// been stored and acted upon.
    /// </summary>
    /// <param name="Next">Whom the prober passes it on to.</param>
    public sealed record Flush(IActorRef? Next = null);

    public sealed record Flushed;
}
