namespace Ziggie.Processes.Portable;

/// <summary>The contract counts signals as Linux does; macOS and the BSDs have other numbers for some.</summary>
internal static class PlatformSignals
{
    private static readonly (int Linux, int Bsd)[] Different =
        [(7, 10), (10, 30), (12, 31), (17, 20), (18, 19), (19, 17), (20, 18), (23, 16), (29, 23), (31, 12)];

    private static readonly bool IsLinux = OperatingSystem.IsLinux();

    public static int ToPlatform(int signal) => IsLinux ? signal : ToBsd(signal);

    public static int FromPlatform(int signal) => IsLinux ? signal : FromBsd(signal);

    public static int ToBsd(int signal)
    {
        foreach (var (linux, bsd) in Different)
        {
            if (linux == signal) return bsd;
        }
        return signal;
    }

    public static int FromBsd(int signal)
    {
        foreach (var (linux, bsd) in Different)
        {
            if (bsd == signal) return linux;
        }
        return signal;
    }
}
