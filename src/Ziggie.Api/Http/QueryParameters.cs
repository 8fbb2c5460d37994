namespace Ziggie.Api.Http;

/// <summary>One parameter of a query string, said once: it is read, checked and documented by this.</summary>
internal abstract record QueryParameter(string Name, string Description);

/// <param name="Name">As in the query string.</param>
/// <param name="Min">Smallest allowed.</param>
/// <param name="Max">Largest allowed.</param>
/// <param name="Default">When it is not given.</param>
/// <param name="Description">For people.</param>
internal sealed record IntParameter(string Name, int Min, int Max, int? Default, string Description) : QueryParameter(Name, Description);

internal sealed record BoolParameter(string Name, string Description) : QueryParameter(Name, Description);

/// <summary>One of a few words.</summary>
internal sealed record WordParameter(string Name, IReadOnlyList<string> Words, string? Default, string Description)
    : QueryParameter(Name, Description);

internal sealed record TextParameter(string Name, int MaxLength, string Description) : QueryParameter(Name, Description);

/// <summary>A moment in ISO 8601, or a duration before now.</summary>
internal sealed record TimeParameter(string Name, string Description) : QueryParameter(Name, Description);
