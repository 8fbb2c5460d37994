namespace Ziggie.Processes.Portable;

/// <summary>A process that lives, and who started it. On Windows the parent may be gone and its PID another's.</summary>
internal readonly record struct ProcessLink(int Pid, int Parent);
