using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Endpoints;

/// <summary>What services there are and how they are.</summary>
internal static class ServiceQueries
{
    private static readonly IntParameter Page = new("page", 1, int.MaxValue, 1, "Which page, from 1.");
    private static readonly IntParameter PageSize = new("page_size", 1, 200, 50, "Services on a page.");
    private static readonly IntParameter Offset = new("offset", 0, int.MaxValue, null, "Services to skip, instead of a page.");
    private static readonly TextParameter Search = new("search", 200, "A part of the name or the description, in any case.");
    private static readonly WordParameter Status = new("status", Words.All<ServiceStatus>(), null, "Only those of this status.");
    private static readonly TextParameter Group = new("group", 100, "Only those of this group.");

    public static void Map(RouteGroupBuilder services)
    {
        services.MapGet("", List)
            .RequireAuthorization(Policies.Status).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("ListServices", "Lists services by name", "Needs no token from this machine, unless Auth:Anonymous=none.")
            .WithQuery(Page, PageSize, Offset, Search, Status, Group)
            .Answers<ServiceListAnswer>(200, Examples.ServiceList).Refuses(401, 403, 422, 429, 500);

        services.MapGet("{name}", One)
            .RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("GetService", "Shows one service with its definition", "The name in any case, or the id. Secrets are masked.")
            .Answers<ServiceAnswer>(200, Examples.Service).Refuses(401, 403, 404, 422, 429, 500);

        services.MapGet("{name}/status", State)
            .RequireAuthorization(Policies.Status).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("GetServiceStatus", "Shows one service's state", "Needs no token from this machine, unless Auth:Anonymous=none.")
            .Answers<ServiceAnswer>(200, Examples.Service).Refuses(401, 403, 404, 422, 429, 500);
    }

    private static IResult List(HttpContext context, IServiceFeed feed, LiveFigureSource figures, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var (page, pageSize, offset) = (query.Int(Page) ?? 1, query.Int(PageSize) ?? 1, query.Int(Offset));
        var (search, status, group) = (query.Text(Search), query.Word(Status), query.Text(Group));
        if (query.Problem is { } problem) return problem.Result();

        var matches = feed.Current.Services.Values.Where(s => Matches(s, search, status, group)).ToList();
        var skip = offset ?? (page - 1L) * pageSize;
        var now = figures.Now();
        ServiceBody[] shown = skip >= matches.Count
            ? []
            : [.. matches.Skip((int)skip).Take(pageSize).Select(s => ServiceBody.From(s, now))];
        var meta = new PageMeta(
            offset is { } from ? (from / pageSize) + 1 : page, pageSize, matches.Count,
            (int)Math.Ceiling(matches.Count / (double)pageSize), skip + shown.Length < matches.Count && shown.Length > 0,
            skip > 0 && matches.Count > 0);
        return TypedResults.Json(new ServiceListAnswer(true, shown, shown.Length, meta), ApiJson.Web.ServiceListAnswer);
    }

    private static IResult One(string name, ServiceLookup lookup, HealthResults results, LiveFigureSource figures)
    {
        if (!lookup.TryFind(name, out var view, out var problem)) return problem.Result();
        HealthResultBody[] seen = [.. results.Of(view.Id).Select(HealthResultBody.From)];
        var answer = new ServiceAnswer(view, figures.Now(), DefinitionWriter.WriteFull(view.Definition), seen);
        return TypedResults.Json(answer, ApiJson.Web.ServiceAnswer);
    }

    private static IResult State(string name, ServiceLookup lookup, LiveFigureSource figures) => lookup.TryFind(name, out var view, out var problem)
        ? TypedResults.Json(new ServiceAnswer(view, figures.Now()), ApiJson.Web.ServiceAnswer)
        : problem.Result();

    private static bool Matches(ServiceView service, string? search, string? status, string? group) =>
        (search is null || service.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
            || service.Definition.Description?.Contains(search, StringComparison.OrdinalIgnoreCase) == true)
        && (status is null || Words.Of(service.Status) == status)
        && (group is null || service.Groups.Contains(group, StringComparer.OrdinalIgnoreCase));
}
