namespace Ziggie.Actors.Live;

/// <summary>One change of the picture.</summary>
/// <param name="Sequence">The picture's number after it.</param>
/// <param name="Name">The service.</param>
/// <param name="View">As it is now; null when it was removed.</param>
public sealed record ServiceChange(long Sequence, string Name, ServiceView? View);
