using Ziggie.Api.Hosting;

namespace Ziggie.Api.Logs;

/// <param name="KeepAlive">A follower hears something at least so often.</param>
internal sealed record FollowSettings(TimeSpan KeepAlive)
{
    /// <summary>How often it is looked whether a follower may stay, and whether output was lost.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>What is gathered before it is sent while there is more to read.</summary>
    public const int Block = 64 * 1024;

    public static FollowSettings Read(IConfiguration configuration) =>
        new(SettingReader.Time(configuration, "Logs:KeepAlive", TimeSpan.FromSeconds(15)));
}
