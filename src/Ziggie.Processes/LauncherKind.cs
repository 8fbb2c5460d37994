namespace Ziggie.Processes;

/// <summary>The value of the setting <c>Launcher</c>.</summary>
public enum LauncherKind
{
    /// <summary>The best that the platform has.</summary>
    Auto,

    /// <summary>Sessions, pidfds and FIFOs of Linux.</summary>
    Linux,

    /// <summary>What .NET offers on every platform.</summary>
    Portable,
}
