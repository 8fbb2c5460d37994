namespace Ziggie.Api.Auth;

/// <summary>Marks an endpoint that takes a token from the query as well: browsers cannot send a header with an EventSource or a link.</summary>
internal sealed class TakesQueryToken
{
    public static TakesQueryToken Instance { get; } = new();

    /// <summary>The token in the query; null without one, and where it is not taken.</summary>
    public static string? Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesQueryToken>() is not null
        && context.Request.Query["token"].ToString() is { Length: > 0 } token ? token : null;
}
