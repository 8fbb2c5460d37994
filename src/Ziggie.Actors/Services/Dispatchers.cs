namespace Ziggie.Actors.Services;

/// <summary>Names of dispatchers in hocon/akka.conf.</summary>
internal static class Dispatchers
{
    /// <summary>A few threads of its own for calls that block: launching, reading /proc, opening files.</summary>
    public const string Blocking = "ziggie.blocking-dispatcher";
}
