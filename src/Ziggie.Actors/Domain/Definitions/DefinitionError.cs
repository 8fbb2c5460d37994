namespace Ziggie.Actors.Domain.Definitions;

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Field">The key's path below the service, for example <c>ready.http.url</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what is allowed, as a sentence.</param>
/// <param name="Service">The service's name, where it is known.</param>
/// <param name="Line">1-based, for YAML; null for JSON.</param>
/// <param name="Column">1-based, for YAML; null for JSON.</param>
/// <param name="File">The file, where there is one.</param>
public sealed record DefinitionError(
    string Field, string Message, string? Service = null, int? Line = null, int? Column = null, string? File = null);
