using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Handover;

/// <summary>
/// What is left of a daemon that was PID 1 and has handed over: the kernel would end the container with it. It passes signals on to
/// whoever holds the home and ends with it; its orphans are still reaped.
/// </summary>
internal static class InitProcess
{
    /// <summary>HUP, INT, QUIT and TERM: what the daemon reacts to.</summary>
    private static readonly int[] OwnSignals = [1, 2, 3, 15];

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    [SupportedOSPlatformGuard("linux")]
    public static bool IsInit => OperatingSystem.IsLinux() && Environment.ProcessId == 1;

    [SupportedOSPlatform("linux")]
    public static async Task FollowAsync(ZiggieHome home, int successor, IReadOnlyList<int> passedOn)
    {
        var followed = successor;
        var registrations = OwnSignals.Concat(passedOn).Distinct().Select(signal => Forward(signal, () => followed)).ToList();
        try
        {
            while (true)
            {
                await Task.Delay(Poll);
                if (IsAlive(followed)) continue;
                // It may have handed over itself.
                if (HomeLock.HolderOf(home) is not { } next || next == followed || !IsAlive(next)) return;
                followed = next;
            }
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }

    [SupportedOSPlatform("linux")]
    private static PosixSignalRegistration Forward(int signal, Func<int> followed) =>
        PosixSignalRegistration.Create((PosixSignal)signal, context =>
        {
            context.Cancel = true;
            _ = ProcessSignal.Send(followed(), signal);
        });

    [SupportedOSPlatform("linux")]
    private static bool IsAlive(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..] is not ['Z' or 'X', ..];
        }
        catch (IOException)
        {
            return false;
        }
    }
}
