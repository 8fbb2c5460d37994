namespace Ziggie.Processes;

/// <summary>
/// What tells one process of this machine from every other, past and present: a PID alone is reused.
/// </summary>
/// <param name="Pid">The process id, as the daemon's PID namespace sees it.</param>
/// <param name="StartTime">Field 22 of <c>/proc/PID/stat</c>, in clock ticks since boot; 0 where the platform has none.</param>
/// <param name="BootId"><c>/proc/sys/kernel/random/boot_id</c>; empty where the platform has none.</param>
public sealed record ProcessIdentity(int Pid, long StartTime, string BootId);
