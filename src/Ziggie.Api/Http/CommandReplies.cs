using System.Text.Json.Serialization.Metadata;
using Ziggie.Actors;
using Ziggie.Api.Contracts;
using Ziggie.Api.Logs;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Http;

/// <summary>Turns what came of a command into an answer.</summary>
internal sealed class CommandReplies(IOutputStore output, ILogger<CommandReplies> logger)
{
    private const int LinesOfAFailedStart = 20;

    public IResult Answer<T>(CommandReply reply, string service, Func<CommandReply.Done, T> success, JsonTypeInfo<T> type, int status = 200) =>
        reply switch
        {
            CommandReply.Done done => TypedResults.Json(success(done), type, statusCode: status),
            CommandReply.Refused refused => ProblemOf(refused, service).Result(),
            _ => throw new InvalidOperationException($"No such reply: {reply.GetType()}"),
        };

    public Problem ProblemOf(CommandReply.Refused refused, string service)
    {
        if (refused.Code is RefusalCode.InvalidDefinition) return Problems.InvalidDefinition(refused.Errors, refused.Detail);
        var problem = Problems.Create(RefusalStatus.Of(refused.Code), Words.Of(refused.Code), refused.Detail);
        return refused.Code switch
        {
            RefusalCode.StartFailed => problem with { Logs = LastLines(service) },
            RefusalCode.Stopping or RefusalCode.StoreFailed or RefusalCode.Interrupted => problem with { RetryAfter = TimeSpan.FromSeconds(10) },
            _ => problem,
        };
    }

    private IReadOnlyList<string> LastLines(string service)
    {
        try
        {
            return [
                .. LogPages.Read(output, service, new LogQuery { Lines = LinesOfAFailedStart }, LogStreams.All).Lines.Select(line => line.Entry.Text),
            ];
        }
        catch (IOException e)
        {
            logger.LogWarning(e, "The log of {Service} cannot be read", service);
            return [];
        }
    }
}
