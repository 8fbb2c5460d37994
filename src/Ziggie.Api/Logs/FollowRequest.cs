using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <param name="Service">Whose log.</param>
/// <param name="Streams">Which of its outputs.</param>
/// <param name="Position">Where to begin; null for the last <paramref name="Lines"/>.</param>
/// <param name="Lines">How many old lines come first.</param>
/// <param name="ShowsStream">Whether each line says which stream it came from.</param>
internal sealed record FollowRequest(string Service, LogStreams Streams, LogPosition? Position, int Lines, bool ShowsStream)
{
    public static readonly IntParameter LinesParameter = new("lines", 0, 10_000, 10, "So many of the last lines come first; without a position.");

    public static readonly TextParameter PositionParameter =
        new("position", 50, "Go on from here: the id of the last event that came. The header Last-Event-ID has precedence.");

    private const string LastEventId = "Last-Event-ID";

    /// <summary>The request, or what is wrong with it.</summary>
    public static (FollowRequest? Request, Problem? Problem) Read(string name, HttpContext context, ServiceLookup lookup, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var lines = query.Int(LinesParameter) ?? 0;
        var streams = StreamParameter.Read(query);
        var text = query.Text(PositionParameter);
        var source = PositionParameter;
        if (context.Request.Headers[LastEventId].ToString() is { Length: > 0 } last) (text, source) = (last, PositionParameter with { Name = LastEventId });
        LogPosition? position = null;
        if (text is not null)
        {
            if (LogPosition.TryParse(text, out var parsed)) position = parsed;
            else query.Fail(source, "must be the id of an event: a number, or two with a comma.");
        }

        if (!lookup.TryFind(name, out var service, out var problem)) return (null, problem);
        if (query.Problem is { } wrong) return (null, wrong);
        var isSeparate = service.Definition.Logs.Stderr is StandardErrorMode.Separate;
        return (new FollowRequest(service.Name, streams, position, lines, isSeparate), null);
    }
}
