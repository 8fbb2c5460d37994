using Akka.Actor;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Supervision;

namespace Ziggie.Actors;

internal sealed class ServiceReports(Lazy<IActorRef> supervisor) : IServiceReports
{
    public void LimitExceeded(string service, long generation, string message) =>
        supervisor.Value.Tell(new SupervisorCommands.Report(service, new ServiceInputs.LimitExceeded(generation, message)));
}
