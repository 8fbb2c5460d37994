namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>What was promised to the one who gave the last command, and holds until he gives another; compared by reference.</summary>
internal sealed class Claim(int? pid)
{
    /// <summary>The process that must be there; null when none may be.</summary>
    public int? Pid => pid;
}
