namespace Ziggie.Api;

/// <summary>What the program's exit code says. Nothing else exits.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>A defect, or something that nobody foresaw; the log says more.</summary>
    public const int Failed = 1;

    /// <summary>Another daemon holds the home.</summary>
    public const int HomeInUse = 2;

    /// <summary>An address to listen on is taken.</summary>
    public const int PortInUse = 3;

    /// <summary>A setting, or a file in the home, is not usable as it is.</summary>
    public const int BadConfiguration = 4;

    /// <summary>The store cannot be used as it is: damaged, of a newer version, or on a full disk. Nothing was overwritten.</summary>
    public const int Store = 5;

    /// <summary>The command line was not understood (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;
}
