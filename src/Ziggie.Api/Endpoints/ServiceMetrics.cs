using Ziggie.Actors.Resources;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Endpoints;

/// <summary>What a service uses and used.</summary>
internal static class ServiceMetrics
{
    public static void Map(RouteGroupBuilder services) => services.MapGet("{name}/metrics", Read)
        .RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Metrics)
        .Describe("GetServiceMetrics", "Shows what a service's whole tree uses, and its last hour",
            "The last ten minutes as they were measured, before that half minutes: the mean of the processor time, the greatest memory.")
        .WithQuery(MetricsQuery.Since, MetricsQuery.Points)
        .Answers<MetricsAnswer>(200, Examples.Metrics).Refuses(401, 403, 404, 422, 429, 500);

    private static IResult Read(string name, HttpContext context, ServiceLookup lookup, IResourceFeed resources, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var asked = MetricsQuery.Read(query, time);
        if (!lookup.TryFind(name, out var service, out var problem)) return problem.Result();
        if (query.Problem is { } wrong) return wrong.Result();
        var picture = resources.Current;
        return TypedResults.Json(
            new MetricsAnswer(
                true, service.Name, picture.At?.UtcDateTime, resources.Interval?.TotalSeconds, CurrentUsage.Of(picture.Of(service)),
                MetricsQuery.History(resources, service.Name, asked)),
            ApiJson.Web.MetricsAnswer);
    }
}
