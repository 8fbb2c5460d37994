using Ziggie.Actors.Resources;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;

namespace Ziggie.Api.Endpoints;

/// <summary>The part of the recent past that is asked for.</summary>
internal static class MetricsQuery
{
    public static readonly TimeParameter Since = new("since",
        "Only points from this moment (ISO 8601) or so long ago (30m) on; ten minutes ago if it is not given. There is an hour.");

    public static readonly IntParameter Points = new("points", 1, 1000, 120, "At most so many; neighbours are put together.");

    private static readonly TimeSpan DefaultAge = TimeSpan.FromMinutes(10);

    public static (DateTimeOffset Since, int Points) Read(QueryReader query, TimeProvider time) =>
        (query.Time(Since) ?? time.GetUtcNow() - DefaultAge, query.Int(Points) ?? 1);

    public static IReadOnlyList<UsagePointBody> History(IResourceFeed resources, string name, (DateTimeOffset Since, int Points) asked) =>
        [.. resources.History(name, asked.Since, asked.Points).Select(UsagePointBody.Of)];
}
