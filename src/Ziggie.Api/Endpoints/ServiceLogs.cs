using System.Text.RegularExpressions;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.Logs;
using Ziggie.Api.RateLimits;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Endpoints;

/// <summary>What a service printed.</summary>
internal static class ServiceLogs
{
    private const string NoLogs = "No logs available yet";
    private const string IsMerged = "Standard error of this service goes into standard output (logs.stderr is merged): ask without stream=stderr, or make it separate.";

    private static readonly IntParameter Lines = new("lines", 1, 10_000, 100, "The last so many of those that match.");
    public static readonly TimeParameter Since = new("since", "Not before this moment (ISO 8601) or so long ago (10m).");
    public static readonly TimeParameter Until = new("until", "Not after this moment (ISO 8601) or so long ago (10m).");
    private static readonly TextParameter Grep = new("grep", 1000, "A text that a line must hold, in any case.");
    private static readonly BoolParameter IsRegex = new("regex", "Take grep as a regular expression.");
    private static readonly WordParameter Format = new("format", ["lines", "entries"], "lines", "Texts alone, or with position and time.");

    public static void Map(RouteGroupBuilder services) => services.MapGet("{name}/logs", Read)
        .RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Logs)
        .Describe("GetServiceLogs", "Shows the last lines that a service printed")
        .WithQuery(Lines, Since, Until, Grep, IsRegex, Format, StreamParameter.Parameter)
        .Answers<LogLinesAnswer>(200, Examples.Logs).Refuses(401, 403, 404, 422, 429, 500);

    private static IResult Read(string name, HttpContext context, ServiceLookup lookup, IOutputStore output, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var (format, streams) = (query.Word(Format), StreamParameter.Read(query));
        var asked = new LogQuery
        {
            Lines = query.Int(Lines) ?? 1,
            Since = query.Time(Since),
            Until = query.Time(Until),
            Grep = query.Text(Grep),
            IsRegex = query.Bool(IsRegex),
        };
        if (asked.Since > asked.Until) query.Fail(Until, "lies before since.");
        if (!lookup.TryFind(name, out var service, out var problem)) return problem.Result();
        if (query.Problem is { } wrong) return wrong.Result();

        MergedPage page;
        try
        {
            page = LogPages.Read(output, service.Name, asked, streams);
        }
        catch (ArgumentException e)
        {
            return Problems.InvalidParameter(Grep.Name, e.Message).Result();
        }
        catch (RegexMatchTimeoutException)
        {
            return Problems.InvalidParameter(Grep.Name, "takes too long on this log; make the expression simpler.").Result();
        }

        var isMerged = streams is LogStreams.Errors && service.Definition.Logs.Stderr is StandardErrorMode.Merged;
        var message = page.Exists ? null : isMerged && output.Read(service.Name, new LogQuery { Lines = 1 }).Exists ? IsMerged : NoLogs;
        long? lost = output.LostBytes(service.Name) is > 0 and var count ? count : null;
        var showsStream = page.HasErrors || service.Definition.Logs.Stderr is StandardErrorMode.Separate;
        return format is "entries"
            ? TypedResults.Json(
                new LogEntriesAnswer(true, [.. page.Lines.Select(line => Shown(line, showsStream))], page.TotalLines, lost, message),
                ApiJson.Web.LogEntriesAnswer)
            : TypedResults.Json(
                new LogLinesAnswer(true, [.. page.Lines.Select(line => line.Entry.Text)], page.TotalLines, lost, message),
                ApiJson.Web.LogLinesAnswer);
    }

    private static LogEntryBody Shown(PageLine line, bool showsStream) => new(
        line.Entry.Position, line.Entry.Time?.UtcDateTime, line.Entry.Text, showsStream ? StreamParameter.NameOf(line.IsError) : null);
}
