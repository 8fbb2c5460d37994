namespace Ziggie.Actors.Domain;

/// <summary>All that a decision may know beside the state and the input: the clocks and the dice, rolled outside.</summary>
/// <param name="Now">Wall clock, UTC: for people, never for intervals.</param>
/// <param name="SinceBoot">Monotonic clock of the machine, the same for every daemon of one boot.</param>
/// <param name="BootId">Which boot that is.</param>
/// <param name="NewRunId">A run id that was never used.</param>
/// <param name="Random">0 up to 1, for jitter.</param>
public sealed record Moment(DateTimeOffset Now, TimeSpan SinceBoot, string BootId, string NewRunId, double Random);
