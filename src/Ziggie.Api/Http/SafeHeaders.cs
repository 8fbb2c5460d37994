namespace Ziggie.Api.Http;

/// <summary>Headers that keep browsers from guessing types and from keeping answers.</summary>
internal sealed class SafeHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.Path.StartsWithSegments("/api")) headers.CacheControl = "no-store";
        return next(context);
    }
}
