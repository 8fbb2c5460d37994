using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Api.Handover;

/// <summary>kill(2), for processes that are no services.</summary>
[SupportedOSPlatform("linux")]
internal static class ProcessSignal
{
    /// <summary>0, or -1 when the process is gone or another user's.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    public static extern int Send(int pid, int signal);
}
