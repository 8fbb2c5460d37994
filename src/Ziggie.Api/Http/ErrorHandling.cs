using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Ziggie.Api.Browser;
using Ziggie.Api.Contracts;

namespace Ziggie.Api.Http;

/// <summary>Makes every error a problem: exceptions, and answers that the framework left without a body.</summary>
internal sealed class ErrorHandling(RequestDelegate next, ILogger<ErrorHandling> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problems.ForStatus(context, e.StatusCode).WriteAsync(context);
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            logger.LogError(e, "{Method} {Path} failed, trace {TraceId}", context.Request.Method, context.Request.Path, traceId);
            context.Response.Clear();
            await Unforeseen(traceId).WriteAsync(context);
            return;
        }

        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: 404, ContentLength: null, ContentType: null } && IsLookedAt(context.Request))
        {
            // By this the page knows that it answers for another one, and is drawn in spite of the status.
            context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
            {
                OriginalPathBase = context.Request.PathBase,
                OriginalPath = context.Request.Path,
                OriginalQueryString = context.Request.QueryString.Value,
            });
            context.Request.Path = "/not-found";
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            await next(context);
            return;
        }

        if (response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            await Problems.ForStatus(context, response.StatusCode).WriteAsync(context);
    }

    /// <summary>By a person in a browser, who has more of a page than of a problem.</summary>
    private static bool IsLookedAt(HttpRequest request) => HttpMethods.IsGet(request.Method) && SessionCookie.IsForBrowsers(request.Path)
        && request.Path != "/not-found" && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static Problem Unforeseen(string traceId) =>
        Problems.Create(500, "internal_error", $"Something went wrong inside the daemon. Its log has more under {traceId}.") with
        {
            TraceId = traceId,
        };
}
