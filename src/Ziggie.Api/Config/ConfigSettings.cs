using Ziggie.Api.Hosting;

namespace Ziggie.Api.Config;

/// <summary>Where the file of definitions is, and how closely it is watched.</summary>
/// <param name="File">Absolute; need not be there.</param>
/// <param name="Watch">Whether it is applied at the start and at each change; else only on request.</param>
/// <param name="Poll">How often it is looked at, for changes of which the system says nothing.</param>
internal sealed record ConfigSettings(string File, bool Watch, TimeSpan Poll)
{
    public static ConfigSettings Read(IConfiguration configuration, ZiggieHome home)
    {
        var named = configuration["Config:File"];
        return new ConfigSettings(
            string.IsNullOrWhiteSpace(named) ? home.Definitions : Path.GetFullPath(named, home.Root),
            SettingReader.Bool(configuration, "Config:Watch", true),
            SettingReader.Time(configuration, "Config:Poll", TimeSpan.FromSeconds(10)));
    }
}
