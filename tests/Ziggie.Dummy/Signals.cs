using System.Runtime.InteropServices;

namespace Ziggie.Dummy;

internal static partial class Signals
{
    private static readonly List<PosixSignalRegistration> Registrations = [];

    public static void IgnoreTerm() => Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true));

    public static void OnTerm(int milliseconds, int code) => Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        Thread.Sleep(milliseconds);
        Environment.Exit(code);
    }));

    public static void EndSelf(int signal)
    {
        Kill(Environment.ProcessId, signal);
        Thread.Sleep(Timeout.Infinite);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
