using Ziggie.Api.Hosting;

namespace Ziggie.Api.Live;

/// <param name="UpdateInterval">A full message comes at least so often.</param>
internal sealed record SocketSettings(TimeSpan UpdateInterval)
{
    /// <summary>The least time between two messages: changes that come closer go out together.</summary>
    public static readonly TimeSpan BatchWindow = TimeSpan.FromMilliseconds(50);

    /// <summary>Messages that may wait for a client before it is dropped: most of a minute, when something changes all the time.</summary>
    public const int QueueLength = 1024;

    /// <summary>Bytes that may wait for a client before it is dropped, beside one message of any length. Clients share the messages.</summary>
    public const long QueueBytes = 32_000_000;

    public static SocketSettings Read(IConfiguration configuration) =>
        new(SettingReader.Time(configuration, "WebSocket:UpdateInterval", TimeSpan.FromSeconds(2)));
}
