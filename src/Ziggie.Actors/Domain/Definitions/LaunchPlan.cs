using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>What one start of a service needs from its definition, with every variable expanded.</summary>
/// <param name="Command">The program and its arguments; never empty.</param>
/// <param name="Cwd">An absolute folder, or null for the daemon's.</param>
/// <param name="Environment">The whole environment of the child.</param>
/// <param name="User">A name or number, or null for the daemon's user.</param>
/// <param name="Umask">0 to 511 (octal 777), or null for the daemon's.</param>
public sealed record LaunchPlan(
    ImmutableArray<string> Command, string? Cwd, ImmutableSortedDictionary<string, string> Environment, string? User, int? Umask);
