using Ziggie.Processes.Resources;

namespace Ziggie.Actors.Resources;

/// <summary>What a service used when it was last looked at.</summary>
/// <param name="Generation">The run that was measured.</param>
/// <param name="Usage">Of its whole tree.</param>
public sealed record ServiceUsage(long Generation, RunUsage Usage);
