using Akka.Actor;

namespace Ziggie.Actors.Supervision;

/// <summary>Receives the one reply to a command, which does not say of which service it is, and passes it on with the name.</summary>
internal sealed class NamedReply : ReceiveActor
{
    public NamedReply(string service) => Receive<CommandReply>(reply =>
    {
        Context.Parent.Tell(new Message(service, reply));
        Context.Stop(Self);
    });

    public static Props Props(string service) => Akka.Actor.Props.Create(() => new NamedReply(service));

    public sealed record Message(string Service, CommandReply Reply);
}
