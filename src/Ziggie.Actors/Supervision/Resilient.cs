using Akka.Actor;
using Akka.Pattern;
using Ziggie.Actors.Services;

namespace Ziggie.Actors.Supervision;

/// <summary>Persistent actors stop when the store fails them; here they come back, ever more slowly, until it works again.</summary>
internal static class Resilient
{
    public static Props Props(Props persistent, string name) => BackoffSupervisor.Props(
        Backoff.OnStop(persistent, name, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15), 0.2, -1)
            .WithFinalStopMessage(message => message is ServiceProtocol.Forget)
            .WithReplyWhileStopped(StoreFailed("it was not ready a moment ago.")));

    public static CommandReply.Refused Interrupted(string cause) => new(RefusalCode.Interrupted,
        $"Something went wrong in the daemon while it was at it: {cause} The service is as it was last stored; look at its state, then try again.");

    public static CommandReply.Refused StoreFailed(string cause) => new(RefusalCode.StoreFailed,
        $"The store could not be written, so nothing was changed: {cause} Check the disk that holds the home, then try again.");
}
