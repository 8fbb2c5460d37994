using Akka.Actor;
using Ziggie.Actors.Supervision;

namespace Ziggie.Actors;

internal sealed class ServiceLifetime(Lazy<IActorRef> supervisor, RecoveryFailures failures) : IServiceLifetime
{
    public async Task<bool> WhenRecoveredAsync(CancellationToken cancellationToken)
    {
        var recovered = supervisor.Value.Ask<SupervisorCommands.Recovered>(
            new SupervisorCommands.WhenRecovered(), Timeout.InfiniteTimeSpan, cancellationToken);
        if (await Task.WhenAny(recovered, failures.First) == failures.First) throw new StoreUnreadableException(await failures.First);
        return (await recovered).IsSeeded;
    }

    /// <summary>Without a limit of its own: the supervisor has one for each level of dependencies.</summary>
    public Task StopAllAsync(CancellationToken cancellationToken) =>
        supervisor.Value.Ask<CommandReply>(new SupervisorCommands.StopAll(Keep: false), Timeout.InfiniteTimeSpan, cancellationToken);

    public Task LeaveAsync(CancellationToken cancellationToken) =>
        supervisor.Value.Ask<CommandReply>(new SupervisorCommands.StopAll(Keep: true), Timeout.InfiniteTimeSpan, cancellationToken);
}
