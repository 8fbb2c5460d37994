using System.Threading.Channels;

namespace Ziggie.Actors.Live;

/// <summary>One subscriber's place in the feed. Dispose it to leave.</summary>
/// <param name="Snapshot">The picture from which <paramref name="Changes"/> go on.</param>
/// <param name="Changes">Ends with <see cref="FeedOverrunException"/> when the subscriber was too slow and has been dropped.</param>
/// <param name="Leave">Called once, by Dispose.</param>
public sealed record FeedSubscription(ServiceSnapshot Snapshot, ChannelReader<ServiceChange> Changes, Action Leave) : IDisposable
{
    public void Dispose() => Leave();
}

/// <summary>The subscriber did not keep up and was dropped; it may subscribe again and gets a fresh picture.</summary>
public sealed class FeedOverrunException() : Exception("The subscriber did not keep up with the changes and was dropped.");
