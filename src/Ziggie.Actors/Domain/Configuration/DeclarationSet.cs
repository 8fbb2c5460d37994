using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Domain.Configuration;

/// <summary>A definition and where it comes from.</summary>
/// <param name="Definition">What is said of the service.</param>
/// <param name="Origin">See <see cref="Origins"/>.</param>
/// <param name="Line">1-based, of its name in the text that it was read from; null when that is not known.</param>
/// <param name="Column">As the line.</param>
public sealed record Declaration(ServiceDefinition Definition, string Origin, int? Line = null, int? Column = null);

/// <summary>All that one source says: services that came from it before and are no longer in it, go.</summary>
/// <param name="Set">The set as in <see cref="Origins.SetOf"/>: <c>file</c> or <c>apply:SOURCE</c>.</param>
/// <param name="Services">Each name once.</param>
/// <param name="Force">Takes over services of other sets.</param>
public sealed record DeclarationSet(string Set, ImmutableArray<Declaration> Services, bool Force = false);
