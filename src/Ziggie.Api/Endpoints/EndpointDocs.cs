using Ziggie.Api.Contracts;
using Ziggie.Api.Http;

namespace Ziggie.Api.Endpoints;

/// <summary>The query parameters of an endpoint, for the documentation.</summary>
internal sealed record QueryMetadata(IReadOnlyList<QueryParameter> Parameters);

/// <summary>An example body.</summary>
/// <param name="Status">Of the answer; 0 for the request.</param>
/// <param name="Json">The body.</param>
internal sealed record ExampleMetadata(int Status, string Json);

/// <summary>An example of a body that is not JSON.</summary>
/// <param name="Status">Of the answer; 0 for the request.</param>
/// <param name="Text">The body.</param>
internal sealed record TextExampleMetadata(int Status, string Text);

/// <summary>Says of an endpoint what Swagger shows.</summary>
internal static class EndpointDocs
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string summary, string? description = null)
    {
        endpoint.WithName(name).WithSummary(summary);
        return description is null ? endpoint : endpoint.WithDescription(description);
    }

    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params QueryParameter[] parameters) =>
        endpoint.WithMetadata(new QueryMetadata(parameters));

    /// <summary>The success and its example.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status, string? example = null)
    {
        endpoint.Produces<T>(status, "application/json");
        return example is null ? endpoint : endpoint.WithMetadata(new ExampleMetadata(status, example));
    }

    /// <summary>A success that is a text of that type.</summary>
    public static RouteHandlerBuilder AnswersText(this RouteHandlerBuilder endpoint, int status, string type, string example) =>
        endpoint.Produces<string>(status, type).WithMetadata(new TextExampleMetadata(status, example));

    public static RouteHandlerBuilder TakesYaml(this RouteHandlerBuilder endpoint, string example) =>
        endpoint.Accepts<string>(isOptional: true, "application/yaml").WithMetadata(new TextExampleMetadata(0, example));

    /// <summary>Every error that the endpoint can answer.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses) endpoint.Produces<Problem>(status, Problems.ContentType);
        return endpoint;
    }

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, string example, bool isOptional = false) where T : notnull =>
        endpoint.Accepts<T>(isOptional, "application/json").WithMetadata(new ExampleMetadata(0, example));
}
