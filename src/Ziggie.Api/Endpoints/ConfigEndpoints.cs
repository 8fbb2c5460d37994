using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Endpoints;

/// <summary>Sets of definitions: plan and apply, the state of the daemon's file, and the schema.</summary>
internal static class ConfigEndpoints
{
    private const string DefaultSource = "default";

    private static readonly TextParameter Source =
        new("source", ServiceName.MaxLength, "Names the set that the body is: what came from the same source and is no longer in it, is removed. default without it.");

    private static readonly BoolParameter Force = new("force", "Takes over services that belong to another source or to a file.");
    private static readonly BoolParameter DryRun = new("dry_run", "Only plans.");
    private static readonly WordParameter WaitFor =
        new("wait", ["true", "false"], "true", "false answers once everything is stored, without waiting for what restarts and starts.");

    public static void Map(RouteGroupBuilder config)
    {
        config.MapGet("", Show).RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("GetConfig", "Says how it stands with the daemon's file of definitions")
            .Answers<ConfigStatusAnswer>(200, Examples.ConfigStatus).Refuses(401, 403, 429, 500);

        config.MapGet("schema", () => TypedResults.Text(DefinitionSchema.Text, "application/schema+json"))
            .RequireAuthorization(Policies.Status).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("GetConfigSchema", "The JSON schema of a file of definitions", "Editors complete and check ziggie.yaml by it.")
            .AnswersText(200, "application/schema+json", """{ "$schema": "https://json-schema.org/draft/2020-12/schema" }""").Refuses(401, 403, 429, 500);

        var changes = config.MapGroup("").RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Config);

        changes.MapPost("plan", PlanAsync).WithQuery(Source, Force)
            .Describe("PlanConfig", "Says what applying a set of definitions would change", "YAML in the body, or without one the daemon's file.")
            .TakesYaml(Examples.ConfigYaml)
            .Answers<ConfigAnswer>(200, Examples.ConfigPlan).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503, 504);

        changes.MapPost("apply", ApplyAsync).AddEndpointFilter<CommandGate>().WithQuery(Source, Force, DryRun, WaitFor)
            .Describe("ApplyConfig", "Applies a set of definitions as a whole",
                "All of it is stored, or nothing. Only what must is restarted. YAML in the body, or without one the daemon's file.")
            .TakesYaml(Examples.ConfigYaml)
            .Answers<ConfigAnswer>(200, Examples.ConfigApply).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503, 504);
    }

    private static IResult Show(IDefinitionSets sets)
    {
        var status = sets.File;
        return TypedResults.Json(
            new ConfigStatusAnswer(true, status.File, status.Watch, status.Exists, [.. status.Files], status.AppliedAt?.UtcDateTime, status.Summary,
                status.Message, [.. status.Errors.Select(ConfigBodies.Of)]),
            ApiJson.Web.ConfigStatusAnswer);
    }

    private static Task<IResult> PlanAsync(HttpContext context, IDefinitionSets sets, CommandReplies replies, TimeProvider time) =>
        RunAsync(context, sets, replies, new QueryReader(context.Request.Query, time), isDryRun: true, wait: false);

    private static Task<IResult> ApplyAsync(HttpContext context, IDefinitionSets sets, CommandReplies replies, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        return RunAsync(context, sets, replies, query, query.Bool(DryRun), query.Word(WaitFor) is "true");
    }

    private static async Task<IResult> RunAsync(
        HttpContext context, IDefinitionSets sets, CommandReplies replies, QueryReader query, bool isDryRun, bool wait)
    {
        var (source, force) = (query.Text(Source), query.Bool(Force));
        if (!ServiceName.TryNormalize(source ?? DefaultSource, out var name)) query.Fail(Source, "must be 1 to 100 of A-Z a-z 0-9 _ -.");
        var hasBody = context.Request.ContentLength is not (null or 0) || context.Request.ContentType is not null;
        if (source is not null && !hasBody) query.Fail(Source, "goes with a body; without one the daemon's file is meant.");
        if (query.Problem is { } wrong) return wrong.Result();

        var aborted = context.RequestAborted;
        if (!hasBody)
            return Answer(isDryRun ? await sets.PlanFileAsync(aborted) : await sets.ApplyFileAsync(context.Doer(), wait, aborted), replies);
        var (text, problem) = await RequestBody.ReadYamlAsync(context);
        if (text is null) return problem!.Result();
        var set = new SetText(text, name, force);
        return Answer(isDryRun ? await sets.PlanAsync(set, aborted) : await sets.ApplyAsync(set, context.Doer(), wait, aborted), replies);
    }

    private static IResult Answer(SetReply reply, CommandReplies replies) => reply switch
    {
        SetReply.Accepted accepted => TypedResults.Json(ConfigBodies.Of(accepted.Done, accepted.Set), ApiJson.Web.ConfigAnswer),
        SetReply.Invalid invalid => Problems.InvalidConfig(invalid.Errors).Result(),
        SetReply.Refused refused => replies.ProblemOf(refused.Why, "").Result(),
        SetReply.NoFile missing => Problems.Create(404, "config_file_missing",
            $"There is no file {missing.File}. Make it, or send YAML in the body as application/yaml.").Result(),
        _ => throw new InvalidOperationException($"No such reply: {reply.GetType()}"),
    };
}
