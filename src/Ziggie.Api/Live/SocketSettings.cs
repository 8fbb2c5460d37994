using Ziggie.Api.Hosting;

namespace Ziggie.Api.Live;

/// <param name="UpdateInterval">A full message comes at least so often.</param>
internal sealed record SocketSettings(TimeSpan UpdateInterval)
{
    /// <summary>The least time between two messages: changes that come closer go out together.</summary>
    public static readonly TimeSpan BatchWindow = TimeSpan.FromMilliseconds(50);

    /// <summary>Messages that may wait for a client before it is dropped.</summary>
    public const int QueueLength = 32;

    public static SocketSettings Read(IConfiguration configuration) =>
        new(SettingReader.Time(configuration, "WebSocket:UpdateInterval", TimeSpan.FromSeconds(2)));
}
