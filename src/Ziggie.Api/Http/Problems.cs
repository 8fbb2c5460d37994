using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Config;
using Ziggie.Api.Contracts;
using Ziggie.Api.Endpoints;

namespace Ziggie.Api.Http;

/// <summary>Every error that the API answers, in one place.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";
    private const int MostErrorsInDetail = 10;

    public static Problem Create(int status, string code, string detail) => new()
    {
        Type = $"urn:ziggie:problem:{code}",
        Title = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error",
        Status = status,
        Code = code,
        Detail = detail,
    };

    public static Problem InvalidParameters(IReadOnlyDictionary<string, string[]> errors) =>
        Create(422, "invalid_parameter", string.Join(" ", errors.Select(e => $"{e.Key}: {string.Join(" ", e.Value)}"))) with { Errors = errors };

    public static Problem InvalidParameter(string name, string message) =>
        InvalidParameters(new Dictionary<string, string[]> { [name] = [message] });

    public static Problem InvalidDefinition(ImmutableArray<DefinitionError> errors, string? detail = null)
    {
        var byField = errors.IsDefault ? [] : errors
            .GroupBy(e => e.Field is "" ? "definition" : e.Field)
            .ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray());
        detail ??= string.Join(" ", byField.Select(e => $"{e.Key}: {string.Join(" ", e.Value)}"));
        return Create(422, "invalid_definition", detail) with { Errors = byField };
    }

    /// <summary>As <see cref="InvalidDefinition"/>, for several services and files.</summary>
    public static Problem InvalidConfig(ImmutableArray<DefinitionError> errors) =>
        Create(422, "invalid_definition", string.Join(" ", errors.Take(MostErrorsInDetail).Select(ConfigWords.Describe))) with
        {
            Errors = errors.GroupBy(e => ConfigWords.PathOf(e) is { Length: > 0 } path ? path : "definition")
                .ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray()),
            DefinitionErrors = [.. errors.Select(ConfigBodies.Of)],
        };

    public static Problem UnknownService(string name, string? near) => Create(404, Words.Of(RefusalCode.UnknownService),
        near is null
            ? $"There is no service '{name}'. GET /api/services lists them."
            : $"There is no service '{name}'. Did you mean '{near}'?");

    public static Problem Unauthenticated(string detail) => Create(401, "unauthenticated", detail);

    public static Problem Forbidden(string detail) => Create(403, "forbidden", detail);

    public static Problem Conflict(string detail) => Create(409, "conflict", detail);

    public static Problem Stopping() =>
        Create(503, "stopping", "The daemon is stopping and takes no commands. Try again once it is back.") with
        {
            RetryAfter = TimeSpan.FromSeconds(10),
        };

    /// <summary>For an answer that some part of the framework left without a body.</summary>
    public static Problem ForStatus(HttpContext context, int status)
    {
        var request = context.Request;
        return status switch
        {
            400 => Create(400, "bad_request", "The request is malformed."),
            401 => Unauthenticated("Sign in first: POST /api/auth/login gives a token for the header Authorization: Bearer TOKEN."),
            403 => Forbidden("You may not do this."),
            404 => Create(404, "not_found", $"There is nothing at {request.Path}. /swagger lists every route."),
            405 => Create(405, "method_not_allowed",
                $"{request.Path} does not take {request.Method}. It takes {context.Response.Headers.Allow}."),
            413 => Create(413, "too_large", "The request's body is too large; 1 MB is the limit."),
            415 => Create(415, "unsupported_media_type", "The body must be sent as application/json, or, where a set of services is sent, as application/yaml. /swagger says what each route takes."),
            _ => Create(status, $"http_{status}", $"{ReasonPhrases.GetReasonPhrase(status)}."),
        };
    }

    public static IResult Result(this Problem problem) => new ProblemResult(problem);

    /// <summary>Writes the problem as the answer.</summary>
    public static async Task WriteAsync(this Problem problem, HttpContext context)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = ((int)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString();
        await context.Response.WriteAsJsonAsync(problem, ApiJson.Web.Problem, ContentType, context.RequestAborted);
    }

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => problem.WriteAsync(httpContext);
    }
}
