using System.IO.Compression;
using Ziggie.Api.Auth;
using Ziggie.Api.Endpoints;
using Ziggie.Api.Http;
using Ziggie.Api.Live;
using Ziggie.Api.RateLimits;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>GET /api/services/{name}/logs/download: all that is kept, as a file.</summary>
internal static class LogDownload
{
    private static readonly BoolParameter Compressed = new("gzip", "As a .gz file.");

    public static void Map(RouteGroupBuilder services) => services.MapGet("{name}/logs/download", SendAsync)
        .RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Logs).WithMetadata(TakesQueryToken.Instance)
        .Describe("DownloadServiceLogs", "Downloads all that is kept of a service's log",
            "The bytes as they were printed, as the log was at that moment. Both streams of a separate standard error, and a range of time, come line by line.")
        .WithQuery(ServiceLogs.Since, ServiceLogs.Until, StreamParameter.Parameter, Compressed, SocketEndpoint.Token)
        .Produces<string>(200, "text/plain").Refuses(401, 403, 404, 422, 429, 500);

    private static async Task SendAsync(string name, HttpContext context, ServiceLookup lookup, IOutputStore output, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var range = new LogRange { Since = query.Time(ServiceLogs.Since), Until = query.Time(ServiceLogs.Until), Streams = StreamParameter.Read(query) };
        var isCompressed = query.Bool(Compressed);
        if (range.Since > range.Until) query.Fail(ServiceLogs.Until, "lies before since.");
        _ = lookup.TryFind(name, out var service, out var problem);
        if ((problem ?? query.Problem) is { } refusal)
        {
            await refusal.WriteAsync(context);
            return;
        }

        var response = context.Response;
        var stream = range.Streams is LogStreams.Errors ? $".{StreamParameter.Errors}" : "";
        response.ContentType = isCompressed ? "application/gzip" : "text/plain; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{service!.Name}{stream}.log{(isCompressed ? ".gz" : "")}\"";
        if (!isCompressed)
        {
            await output.CopyToAsync(service!.Name, range, response.Body, context.RequestAborted);
            return;
        }

        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await output.CopyToAsync(service!.Name, range, gzip, context.RequestAborted);
    }
}
