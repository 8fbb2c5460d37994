namespace Ziggie.Api.Hosting;

internal enum ServicesAtShutdown { Stop, Keep }

/// <summary>What becomes of the services when the daemon stops.</summary>
internal sealed record ShutdownSettings(ServicesAtShutdown Services)
{
    public static ShutdownSettings Read(IConfiguration configuration) =>
        new(SettingReader.Word(configuration, "Shutdown:Services", ServicesAtShutdown.Stop));
}
