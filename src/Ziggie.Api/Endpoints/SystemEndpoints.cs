using System.Runtime.InteropServices;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Api.Auth;
using Ziggie.Api.CommandLine;
using Ziggie.Api.Contracts;
using Ziggie.Api.Hosting;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Api.SystemInfo;
using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.Endpoints;

/// <summary>The machine: what it uses, what runs on it, who listens.</summary>
internal static class SystemEndpoints
{
    private static readonly WordParameter Sort =
        new("sort", ["cpu", "memory", "pid", "started"], "cpu", "What comes first: the most, or the newest; pid from 1 on.");
    private static readonly IntParameter Limit = new("limit", 1, 1000, 100, "At most so many.");
    private static readonly IntParameter Offset = new("offset", 0, int.MaxValue, 0, "To be skipped.");
    private static readonly TextParameter Search = new("search", 200, "A part of the name, the command line or the service, in any case.");
    private static readonly TextParameter Service = new("service", 100, "Only the tree of this service, named in any case or by id.");

    public static void Map(RouteGroupBuilder system)
    {
        var read = system.MapGroup("").RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Read);

        read.MapGet("stats", Stats)
            .Describe("GetSystemStats", "Shows what the machine, the services and the daemon use",
                "With the machine's last ten minutes, or as much as is asked for.")
            .WithQuery(MetricsQuery.Since, MetricsQuery.Points)
            .Answers<SystemStatsAnswer>(200, Examples.SystemStats).Refuses(401, 403, 422, 429, 500);

        read.MapGet("info", Info)
            .Describe("GetSystemInfo", "Shows what machine and daemon this is, and what the daemon can do here")
            .Answers<SystemInfoAnswer>(200, Examples.SystemInfo).Refuses(401, 403, 429, 500);

        read.MapGet("processes", Processes)
            .Describe("ListProcesses", "Lists the machine's processes with the services that they belong to",
                "Secrets in command lines are masked.")
            .WithQuery(Sort, Limit, Offset, Search, Service)
            .Answers<ProcessListAnswer>(200, Examples.Processes).Refuses(401, 403, 404, 422, 429, 500);

        read.MapGet("ports", Ports)
            .Describe("ListPorts", "Lists listening TCP ports with their processes and services")
            .WithQuery(Service)
            .Answers<PortListAnswer>(200, Examples.Ports).Refuses(401, 403, 404, 422, 429, 500);
    }

    private static IResult Stats(HttpContext context, IResourceFeed resources, IServiceFeed feed, ZiggieHome home, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var asked = MetricsQuery.Read(query, time);
        if (query.Problem is { } problem) return problem.Result();
        return TypedResults.Json(
            StatsReport.Make(resources, feed, home, time, MetricsQuery.History(resources, IResourceFeed.Host, asked)),
            ApiJson.Web.SystemStatsAnswer);
    }

    private static IResult Info(
        IResourceFeed resources, IResourceReader reader, LauncherCapabilities launcher, ZiggieHome home, TimeProvider time) => TypedResults.Json(
        new SystemInfoAnswer(
            true, Environment.MachineName, RuntimeInformation.OSDescription,
            RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(), Environment.ProcessorCount, (time.GetUtcNow() - MachineClock.SinceBoot).UtcDateTime,
            new DaemonInfo(Usage.Version, RuntimeInformation.FrameworkDescription, Environment.ProcessId, Environment.UserName, home.Root),
            LimitKeepers.Of(launcher, resources), launcher.WhyNoCgroup,
            new SamplingInfo(resources.Interval is not null, resources.Interval?.TotalSeconds, reader.Missing), launcher.Missing),
        ApiJson.Web.SystemInfoAnswer);

    private static IResult Processes(HttpContext context, IResourceReader reader, IServiceFeed feed, ServiceLookup lookup, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var (sort, limit, offset, search) = (query.Word(Sort), query.Int(Limit) ?? 1, query.Int(Offset) ?? 0, query.Text(Search));
        if (!TryService(query, lookup, out var service, out var problem)) return problem!.Result();
        var asked = new ProcessQuery(Enum.Parse<ProcessOrder>(sort!, ignoreCase: true), limit, offset, search, service);
        return TypedResults.Json(MachineBodies.Of(asked.Answer(reader, feed, time)), ApiJson.Web.ProcessListAnswer);
    }

    private static IResult Ports(HttpContext context, IResourceReader reader, IServiceFeed feed, ServiceLookup lookup, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        if (!TryService(query, lookup, out var service, out var problem)) return problem!.Result();
        return TypedResults.Json(MachineBodies.Of(MachinePort.All(reader, feed, service)), ApiJson.Web.PortListAnswer);
    }

    /// <summary>The name of the service that is asked for, null for all; false with what is wrong.</summary>
    private static bool TryService(QueryReader query, ServiceLookup lookup, out string? service, out Problem? problem)
    {
        var text = query.Text(Service);
        service = null;
        problem = query.Problem;
        if (problem is not null || text is null) return problem is null;
        if (!lookup.TryFind(text, out var view, out problem)) return false;
        service = view.Name;
        return true;
    }
}
