using Ziggie.Actors.Resources;

namespace Ziggie.Api.Hosting;

/// <summary>Reads <c>Sampling:Enabled</c> and <c>Sampling:Interval</c>.</summary>
internal static class SamplingSettings
{
    public static ResourceSettings Read(IConfiguration configuration) => new(
        SettingReader.Bool(configuration, "Sampling:Enabled", true),
        SettingReader.Time(configuration, "Sampling:Interval", ResourceSettings.DefaultInterval));
}
