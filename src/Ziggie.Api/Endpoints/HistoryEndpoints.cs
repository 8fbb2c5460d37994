using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Endpoints;

/// <summary>What happened, and what ran then.</summary>
internal static class HistoryEndpoints
{
    private static readonly IntParameter Limit = new("limit", 1, HistoryQuery.MaxLimit, 100, "Entries on a page.");
    private static readonly TextParameter Kind =
        new("kind", 1000, $"Only these kinds, with commas between: {string.Join(", ", HistoryKinds.All)}.");
    private static readonly TextParameter Service =
        new("service", ServiceName.MaxLength, "Only what concerns this service; also one that is no more.");
    private static readonly TextParameter Who = new("who", 100, "Only what this user did, or daemon; exactly as written.");
    private static readonly TimeParameter Since = new("since", "Not before this moment (ISO 8601) or so long ago (2h).");
    private static readonly TimeParameter Until = new("until", "Not after this moment (ISO 8601) or so long ago (2h).");
    private static readonly TextParameter Cursor = new("cursor", 60, "next of the page before.");
    private static readonly TextParameter Before = new("before", 60, "next of the page before.");
    private static readonly TimeParameter Time = new("time", "The moment (ISO 8601; UTC unless it says otherwise), or so long ago (2h).");

    /// <summary>Adds the route below a service.</summary>
    public static void MapService(RouteGroupBuilder services) => services.MapGet("{name}/events", EventsAsync)
        .RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Logs)
        .Describe("GetServiceEvents", "Shows what happened to a service, newest first", "Also by the name of one that is no more.")
        .WithQuery(Limit, Before, Kind)
        .Answers<HistoryAnswer>(200, Examples.History).Refuses(401, 403, 404, 422, 429, 500);

    public static void Map(RouteGroupBuilder history)
    {
        history.MapGet("", AllAsync)
            .RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("GetHistory", "Shows what happened to services, users and the daemon, newest first")
            .WithQuery(Service, Kind, Who, Since, Until, Limit, Cursor)
            .Answers<HistoryAnswer>(200, Examples.History).Refuses(401, 403, 422, 429, 500);

        history.MapGet("at", AtAsync)
            .RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("GetHistoryAt", "Shows how every service was at a moment", "As the events up to then tell it.")
            .WithQuery(Time)
            .Answers<PastAnswer>(200, Examples.Past).Refuses(401, 403, 422, 429, 500);
    }

    private static async Task<IResult> EventsAsync(
        string name, HttpContext context, ServiceLookup lookup, IHistory history, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var (limit, kinds, before) = (query.Int(Limit) ?? 1, KindsOf(query), CursorOf(query, Before));
        if (query.Problem is { } wrong) return wrong.Result();
        // An id stands for the service that has it now; a name for every service that ever had it.
        var known = lookup.TryFind(name, out var view, out var problem) ? view.Name
            : ServiceName.TryNormalize(name, out var text) ? text
            : name;
        if (view is null && !await history.KnowsAsync(known, context.RequestAborted)) return problem!.Result();
        return await AnswerAsync(history, new HistoryQuery { Service = known, Kinds = kinds, Limit = limit, Before = before }, context);
    }

    private static async Task<IResult> AllAsync(HttpContext context, IHistory history, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var service = query.Text(Service);
        if (service is not null && !ServiceName.TryNormalize(service, out service)) query.Fail(Service, "is no service's name.");
        var asked = new HistoryQuery
        {
            Service = service,
            Kinds = KindsOf(query),
            Who = query.Text(Who),
            Since = query.Time(Since),
            Until = query.Time(Until),
            Limit = query.Int(Limit) ?? 1,
            Before = CursorOf(query, Cursor),
        };
        if (asked.Since > asked.Until) query.Fail(Until, "lies before since.");
        return query.Problem is { } wrong ? wrong.Result() : await AnswerAsync(history, asked, context);
    }

    private static async Task<IResult> AtAsync(HttpContext context, IHistory history, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var asked = query.Time(Time);
        if (asked is null && query.Problem is null) query.Fail(Time, "is missing: give a moment like 2026-01-31T03:12:00Z, or 2h.");
        if (asked > time.GetUtcNow()) query.Fail(Time, "lies in the future.");
        if (query.Problem is null && await history.KeptFromAsync(context.RequestAborted) is { } from && asked < from)
            query.Fail(Time, FormattableString.Invariant($"lies before {from:yyyy-MM-ddTHH:mm:ssZ}: what was then is no longer kept (History:KeepFor)."));
        if (query.Problem is { } wrong) return wrong.Result();
        var past = await history.AtAsync(asked!.Value, context.RequestAborted);
        return TypedResults.Json(
            new PastAnswer(true, asked.Value.UtcDateTime, [.. past.Select(s => Shown(s, asked.Value))], past.Count),
            ApiJson.Web.PastAnswer);
    }

    private static async Task<IResult> AnswerAsync(IHistory history, HistoryQuery query, HttpContext context)
    {
        var page = await history.QueryAsync(query, context.RequestAborted);
        return TypedResults.Json(
            new HistoryAnswer(true, [.. page.Entries.Select(HistoryEntryBody.From)], page.Entries.Count, page.Next?.ToString()),
            ApiJson.Web.HistoryAnswer);
    }

    private static ImmutableArray<string> KindsOf(QueryReader query)
    {
        var kinds = (query.Text(Kind) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (kinds.FirstOrDefault(k => !HistoryKinds.All.Contains(k)) is { } unknown)
            query.Fail(Kind, $"does not know '{unknown}'; it takes {string.Join(", ", HistoryKinds.All)}.");
        return [.. kinds];
    }

    private static HistoryCursor? CursorOf(QueryReader query, TextParameter parameter)
    {
        if (query.Text(parameter) is not { } text) return null;
        if (HistoryCursor.TryParse(text, out var cursor)) return cursor;
        query.Fail(parameter, $"must be what 'next' of the page before said, not '{text}'.");
        return null;
    }

    private static PastServiceBody Shown(PastService past, DateTimeOffset time)
    {
        var view = ServiceViews.Of(past.Id, past.State);
        return new PastServiceBody(
            view.Id, view.Name, Words.Of(view.Status), Words.Of(view.Phase), view.Reason, Words.Of(view.Desired), Words.Of(view.Health),
            view.Pid, view.Generation, view.StartedAt?.UtcDateTime,
            view.StartedAt is { } start ? Math.Max(0, Math.Round((time - start).TotalSeconds, 3)) : null, view.Restarts);
    }
}
