using System.Collections.Concurrent;
using Ziggie.Processes.Notify;

namespace Ziggie.TestHarness.Fakes;

/// <summary>Notification sockets of the story's machine.</summary>
public sealed class FakeSockets : INotifySockets
{
    private readonly ConcurrentDictionary<string, Action<Notification>> _listeners = [];

    public INotifyListener Listen(string runId, string? user, Action<Notification> received)
    {
        _listeners[runId] = received;
        return new Listener($"@story/{runId}", () => _listeners.TryRemove(runId, out _));
    }

    /// <summary>A process says something, such as <c>READY=1</c>; false when nobody listens.</summary>
    public bool Say(FakeProcess process, string text)
    {
        if (!_listeners.TryGetValue(process.RunId, out var received)) return false;
        received(Notification.Parse(text));
        return true;
    }

    private sealed class Listener(string address, Action disposed) : INotifyListener
    {
        public string Address => address;

        public void Dispose() => disposed();
    }
}
