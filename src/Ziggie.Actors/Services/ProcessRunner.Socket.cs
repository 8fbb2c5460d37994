using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;
using Ziggie.Processes.Notify;
using Effects = Ziggie.Actors.Domain.ServiceEffects;

namespace Ziggie.Actors.Services;

/// <summary>The socket on which a run tells of itself; it is there before the process is, so that no word is lost.</summary>
internal sealed partial class ProcessRunner
{
    private INotifyListener? _socket;

    protected override void PostStop() => CloseSocket();

    private bool TryListen(Effects.Launch launch)
    {
        try
        {
            OpenSocket(launch.Generation, launch.RunId, launch.Definition);
            if (_socket is not null) return true;
            Fail(launch.Generation, LaunchFailure.Other, "Its probe is 'notify', which needs Linux. Give it another probe.");
        }
        catch (IOException error)
        {
            Fail(launch.Generation, LaunchFailure.Resources, error.Message);
        }
        return false;
    }

    private void OpenSocket(long generation, string runId, ServiceDefinition definition)
    {
        CloseSocket();
        var self = Self;
        _socket = _runtime.Sockets.Listen(runId, UserOf(definition), said => _service.Tell(new ServiceProtocol.Notified(generation, said), self));
    }

    /// <summary>Who may speak; a name with variables in it is whoever they make it.</summary>
    private string? UserOf(ServiceDefinition definition) => definition.User is { } user && user.Contains('$')
        ? ServiceEnvironment.Resolve(definition, _runtime.Environment(), _runtime.ReadFile).Plan?.User ?? user
        : definition.User;

    private void CloseSocket()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
