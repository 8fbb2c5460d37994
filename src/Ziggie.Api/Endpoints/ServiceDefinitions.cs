using System.Text.Json;
using System.Text.Json.Nodes;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Endpoints;

/// <summary>Create, replace and delete.</summary>
internal static class ServiceDefinitions
{
    private static readonly BoolParameter Force = new("force", "Stops the service first if it runs; also when a file defines it.");
    private static readonly BoolParameter TakeOver = new("force", "Takes the service over from the file that defines it, until that is applied again.");

    public static void Map(RouteGroupBuilder services)
    {
        var definitions = services.MapGroup("").AddEndpointFilter<RouteGroupBuilder, CommandGate>()
            .RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Define);

        definitions.MapPost("", Create)
            .Describe("CreateService", "Adds a service", "docs/configuration.md has every key.")
            .Takes<JsonObject>(Examples.Definition)
            .Answers<ServiceAnswer>(201, Examples.Service).Refuses(400, 401, 403, 409, 413, 415, 422, 429, 500, 503);

        definitions.MapPut("{name}", Replace).WithQuery(TakeOver)
            .Describe("ReplaceService", "Replaces a service's definition",
                "A process that runs is left alone; its next run uses the new one. A service that a file defines is changed there: here it is refused.")
            .Takes<JsonObject>(Examples.Definition)
            .Answers<ServiceAnswer>(200, Examples.Service).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503);

        definitions.MapDelete("{name}", Delete).WithQuery(Force)
            .Describe("DeleteService", "Removes a service", "One that runs, or that a file defines, is refused, unless force=true.")
            .Answers<MessageAnswer>(200, """{ "success": true, "message": "Service 'web' was removed" }""")
            .Refuses(400, 401, 403, 404, 409, 422, 429, 500, 503, 504);
    }

    private static async Task<IResult> Create(
        HttpContext context, IServiceControl control, ServiceLookup lookup, CommandReplies replies, LiveFigureSource figures)
    {
        var (definition, problem) = await ReadAsync(context, name: null);
        if (definition is null) return problem!.Result();
        var reply = await control.CreateAsync(definition, context.UserName(), context.RequestAborted);
        if (reply is CommandReply.Done) context.Response.Headers.Location = $"/api/services/{definition.Name}";
        return replies.Answer(reply, definition.Name, done => Shown(done, definition, lookup, figures), ApiJson.Web.ServiceAnswer, 201);
    }

    private static async Task<IResult> Replace(
        string name, HttpContext context, IServiceControl control, ServiceLookup lookup, CommandReplies replies, LiveFigureSource figures,
        TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var takeOver = query.Bool(TakeOver);
        if (query.Problem is { } wrong) return wrong.Result();
        if (!lookup.TryFind(name, out var service, out var problem)) return problem.Result();
        (var definition, problem) = await ReadAsync(context, service.Name);
        if (definition is null) return problem!.Result();
        var reply = await control.ReplaceAsync(service.Name, definition, takeOver, context.UserName(), context.RequestAborted);
        return replies.Answer(reply, service.Name, done => Shown(done, definition, lookup, figures), ApiJson.Web.ServiceAnswer);
    }

    private static async Task<IResult> Delete(
        string name, HttpContext context, IServiceControl control, ServiceLookup lookup, CommandReplies replies, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var force = query.Bool(Force);
        if (!lookup.TryFind(name, out var service, out var problem)) return problem.Result();
        if (query.Problem is { } wrong) return wrong.Result();
        var reply = await control.RemoveAsync(service.Name, force, context.UserName(), context.RequestAborted);
        return replies.Answer(reply, service.Name, done => new MessageAnswer(true, done.Message), ApiJson.Web.MessageAnswer);
    }

    private static async Task<(ServiceDefinition? Definition, Problem? Problem)> ReadAsync(HttpContext context, string? name)
    {
        var (json, problem) = await RequestBody.ReadJsonAsync(context);
        if (json is null) return (null, problem);
        using (json)
        {
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
                return (null, Problems.InvalidParameter("body", "must be a JSON object."));
            var result = DefinitionReader.ReadJson(json.RootElement, name);
            return result.IsValid ? (result.Definitions[0], null) : (null, Problems.InvalidDefinition(result.Errors));
        }
    }

    private static ServiceAnswer Shown(CommandReply.Done done, ServiceDefinition definition, ServiceLookup lookup, LiveFigureSource figures)
    {
        var view = done.Service ?? (lookup.TryFind(definition.Name, out var found, out _) ? found : null)
            ?? throw new InvalidOperationException($"'{definition.Name}' was stored and is not in the picture.");
        return new ServiceAnswer(view, figures.Now(), DefinitionWriter.WriteFull(view.Definition));
    }
}
