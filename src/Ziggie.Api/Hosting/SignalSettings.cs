using Ziggie.Processes;

namespace Ziggie.Api.Hosting;

/// <summary>Signals that the daemon passes on to services, as an init process in a container is expected to.</summary>
/// <param name="Forward">Numbers; SIGHUP among them no longer restarts the daemon.</param>
/// <param name="To">Names of services; empty for all that run.</param>
internal sealed record SignalSettings(IReadOnlyList<int> Forward, IReadOnlyList<string> To)
{
    public const int HangUp = 1;

    /// <summary>Those that cannot be caught, and those that the daemon itself lives by.</summary>
    private static readonly string[] Reserved = ["KILL", "STOP", "CHLD", "TERM", "INT", "QUIT"];

    public static SignalSettings Read(IConfiguration configuration)
    {
        var reserved = Reserved.Select(name => SignalNames.TryParse(name, out var number) ? number : 0).ToHashSet();
        var forward = new List<int>();
        foreach (var text in SettingReader.List(configuration, "Signals:Forward"))
        {
            if (!SignalNames.TryParse(text, out var number) || reserved.Contains(number))
            {
                throw StartRefusedException.BadSetting(
                    $"The setting Signals:Forward holds '{text}'; it takes signals such as HUP, USR1 or WINCH, but not {string.Join(", ", Reserved)}.");
            }
            forward.Add(number);
        }
        return new SignalSettings(forward, [.. SettingReader.List(configuration, "Signals:To").Select(name => name.ToLowerInvariant())]);
    }
}
