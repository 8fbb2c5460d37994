namespace Ziggie.Api.Hosting;

/// <summary>What this process is in its home.</summary>
/// <param name="RunsServices">False while it only seeds: then nothing may be started, adopted or stopped.</param>
public sealed record DaemonRole(bool RunsServices);
