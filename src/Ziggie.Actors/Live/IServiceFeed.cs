namespace Ziggie.Actors.Live;

/// <summary>The live picture of all services and its changes: what the list, the WebSocket and the dashboard read, without asking any actor.</summary>
public interface IServiceFeed
{
    /// <summary>The newest picture; immutable, free to read from any thread.</summary>
    ServiceSnapshot Current { get; }

    /// <summary>Takes the picture and every change after it, in one step: nothing is missed and nothing comes twice.</summary>
    /// <param name="capacity">Changes that may wait unread; a subscriber that lets more pile up is dropped.</param>
    FeedSubscription Subscribe(int capacity = 1024);
}
