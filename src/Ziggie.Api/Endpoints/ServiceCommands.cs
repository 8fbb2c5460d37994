using System.Text.Json.Nodes;
using Ziggie.Actors;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Handover;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Api.Record;
using Ziggie.Persistence.History;
using Ziggie.Processes;

namespace Ziggie.Api.Endpoints;

/// <summary>Start, stop, restart and signal. Each answers when it is so, or has failed.</summary>
internal static class ServiceCommands
{
    private static readonly IntParameter Timeout =
        new("timeout", 1, 300, null, "Seconds from the signal to SIGKILL; else as the definition says.");

    private static readonly BoolParameter Force = new("force", "SIGKILL at once.");
    private static readonly BoolParameter StopDependents =
        new("stop_dependents", "Stop those that depend on it first; else they run on.");

    private static readonly BoolParameter RestartDependents =
        new("restart_dependents", "Restart those that depend on it, too: they are down before it is, and up after it.");

    private static readonly TextParameter SignalName = new("signal", 20, "HUP, SIGHUP or 1; may be given in the body instead.");
    private static readonly BoolParameter WholeTree = new("whole_tree", "To every process of the run instead of the main one.");

    public static void Map(RouteGroupBuilder services)
    {
        var commands = services.MapGroup("").AddEndpointFilter<RouteGroupBuilder, CommandGate>().RequireAuthorization(Policies.Operate);

        commands.MapPost("{name}/start", Start).RequireRateLimiting(RateLimitSettings.Command)
            .Describe("StartService", "Starts a service", "Answers once it is ready or has survived its grace, or says why it is not.")
            .Answers<StartedAnswer>(200, Examples.Started).Refuses(400, 401, 403, 404, 422, 429, 500, 503, 504);

        commands.MapPost("{name}/stop", Stop).RequireRateLimiting(RateLimitSettings.Command)
            .Describe("StopService", "Stops a service", "Answers once every process of its run is gone; says when it had to kill.")
            .WithQuery(Timeout, Force, StopDependents)
            .Answers<MessageAnswer>(200, Examples.Stopped).Refuses(400, 401, 403, 404, 422, 429, 500, 503, 504);

        commands.MapPost("{name}/restart", Restart).RequireRateLimiting(RateLimitSettings.Command)
            .Describe("RestartService", "Stops a service, then starts it")
            .WithQuery(RestartDependents)
            .Answers<StartedAnswer>(200, Examples.Started).Refuses(400, 401, 403, 404, 422, 429, 500, 503, 504);

        commands.MapPost("{name}/signal", Signal).RequireRateLimiting(RateLimitSettings.Signal)
            .Describe("SignalService", "Sends a signal to a service", "In the query or in the body.")
            .WithQuery(SignalName, WholeTree).Takes<SignalRequest>(Examples.Signal, isOptional: true)
            .Answers<MessageAnswer>(200).Refuses(400, 401, 403, 404, 413, 415, 422, 429, 500, 503);
    }

    private static async Task<IResult> Start(
        string name, HttpContext context, ServiceLookup lookup, IServiceControl control, CommandReplies replies)
    {
        if (!lookup.TryFind(name, out var service, out var problem)) return problem.Result();
        var reply = await control.StartAsync(service.Name, context.UserName(), context.RequestAborted);
        return replies.Answer(reply, service.Name, Started, ApiJson.Web.StartedAnswer);
    }

    private static async Task<IResult> Stop(
        string name, HttpContext context, ServiceLookup lookup, IServiceControl control, CommandReplies replies, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var (timeout, force, dependents) = (query.Int(Timeout), query.Bool(Force), query.Bool(StopDependents));
        if (!lookup.TryFind(name, out var service, out var problem)) return problem.Result();
        if (query.Problem is { } wrong) return wrong.Result();
        TimeSpan? limit = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        if (dependents)
        {
            var action = new BulkAction(BulkVerb.Stop, [service.Name]) { WithDependents = true, Timeout = limit, Force = force };
            var (own, others) = await WithOthersAsync(control, action, context);
            return replies.Answer(own, service.Name, done => Said(done) with { Dependents = others }, ApiJson.Web.MessageAnswer);
        }
        var reply = await control.StopAsync(service.Name, limit, force, context.UserName(), context.RequestAborted);
        return replies.Answer(reply, service.Name, Said, ApiJson.Web.MessageAnswer);
    }

    private static async Task<(CommandReply Own, IReadOnlyList<ActionResultBody> Others)> WithOthersAsync(
        IServiceControl control, BulkAction action, HttpContext context)
    {
        var outcomes = await control.ActAsync(action, context.UserName(), context.RequestAborted);
        var name = action.Names.Single();
        return (outcomes.First(outcome => outcome.Service == name).Reply,
            [.. outcomes.Where(outcome => outcome.Service != name).Select(ActionResultBody.From)]);
    }

    private static async Task<IResult> Restart(
        string name, HttpContext context, ServiceLookup lookup, IServiceControl control, CommandReplies replies, DaemonControl daemon,
        TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var dependents = query.Bool(RestartDependents);
        if (!lookup.TryFind(name, out var service, out var problem)) return problem.Result();
        if (query.Problem is { } wrong) return wrong.Result();
        if (dependents)
        {
            var (own, others) = await WithOthersAsync(control, new BulkAction(BulkVerb.Restart, [service.Name]) { WithDependents = true }, context);
            return replies.Answer(own, service.Name, done => Started(done) with { Dependents = others }, ApiJson.Web.StartedAnswer);
        }
        var reply = await control.RestartAsync(service.Name, context.UserName(), context.RequestAborted);
        if (reply is CommandReply.Refused { Code: RefusalCode.IsDaemon }) return await DaemonEndpoints.RestartAsync(daemon, context.UserName());
        return replies.Answer(reply, service.Name, Started, ApiJson.Web.StartedAnswer);
    }

    private static async Task<IResult> Signal(
        string name, HttpContext context, ServiceLookup lookup, IServiceControl control, CommandReplies replies, AuditLog audit,
        TimeProvider time)
    {
        if (!lookup.TryFind(name, out var service, out var problem)) return problem.Result();
        var query = new QueryReader(context.Request.Query, time);
        var asked = new SignalRequest(query.Text(SignalName), query.Bool(WholeTree));
        if (query.Problem is { } wrong) return wrong.Result();
        if (context.Request.ContentLength is not (null or 0) || context.Request.ContentType is not null)
        {
            (var body, problem) = await RequestBody.ReadAsync(context, ApiJson.Web.SignalRequest);
            if (body is null) return problem!.Result();
            asked = body;
        }

        if (!SignalNames.TryParse(asked.Signal, out var signal))
            return Problems.InvalidParameter("signal", "must be a signal such as HUP, SIGHUP or 1.").Result();
        var reply = await control.SignalAsync(service.Name, signal, asked.WholeTree, context.UserName(), context.RequestAborted);
        if (reply is CommandReply.Done done)
        {
            await audit.ByClientAsync(context, AuditKinds.SignalSent, done.Message, service: service.Name,
                details: new JsonObject { ["signal"] = SignalNames.NameOf(signal), ["whole_tree"] = asked.WholeTree });
        }
        return replies.Answer(reply, service.Name, Said, ApiJson.Web.MessageAnswer);
    }

    private static StartedAnswer Started(CommandReply.Done done) => new(true, done.Pid, done.Message);

    private static MessageAnswer Said(CommandReply.Done done) => new(true, done.Message);
}
