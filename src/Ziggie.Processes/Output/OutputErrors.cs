using System.Runtime.InteropServices;

namespace Ziggie.Processes.Output;

internal static class OutputErrors
{
    /// <summary>"No space left on device" for 28.</summary>
    public static string Describe(int error) => Marshal.GetPInvokeErrorMessage(error);

    public static IOException Last(string what) => new($"{what}: {Describe(Marshal.GetLastPInvokeError())}");
}
