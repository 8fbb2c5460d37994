namespace Ziggie.Processes.Notify;

/// <summary>Sockets on which services tell of themselves by sd_notify(3).</summary>
public interface INotifySockets
{
    /// <summary>
    /// Listens for one run until the result is disposed. The address is the same for every daemon, so the next one hears the same service.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="user">The user that the service runs as, by name or number; null for the daemon's.</param>
    /// <param name="received">Called for each message, on any thread.</param>
    /// <returns>Null where there are no such sockets.</returns>
    /// <exception cref="IOException">The address is taken, or there is no room for a descriptor.</exception>
    INotifyListener? Listen(string runId, string? user, Action<Notification> received);
}

/// <summary>Disposing it ends the listening.</summary>
public interface INotifyListener : IDisposable
{
    /// <summary>The value of NOTIFY_SOCKET.</summary>
    string Address { get; }
}
