using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Ziggie.Api.Endpoints;
using Ziggie.Api.Http;

namespace Ziggie.Api.OpenApi;

/// <summary>Adds to each operation its query parameters, examples and locks, from the endpoint's own metadata.</summary>
internal sealed class OperationDetails : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        AddParameters(operation, metadata.OfType<QueryMetadata>().SelectMany(q => q.Parameters));
        AddExamples(operation, metadata.OfType<ExampleMetadata>());
        foreach (var example in metadata.OfType<TextExampleMetadata>())
        {
            var content = example.Status == 0 ? operation.RequestBody?.Content : ResponseOf(operation, example.Status)?.Content;
            foreach (var media in content?.Values.OfType<OpenApiMediaType>() ?? [])
                media.Example = JsonValue.Create(example.Text);
        }

        AddProblems(operation);
        if (!metadata.OfType<IAllowAnonymous>().Any()) AddLock(operation, context.Document);
    }

    private static void AddParameters(OpenApiOperation operation, IEnumerable<QueryParameter> parameters)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(p => p.In is ParameterLocation.Path))
            parameter.Description ??= parameter.Name is "name" ? "The name in any case, or the id." : null;
        foreach (var parameter in parameters)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Schema = SchemaOf(parameter),
            });
        }
    }

    private static OpenApiSchema SchemaOf(QueryParameter parameter) => parameter switch
    {
        IntParameter number => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = number.Min.ToString(),
            Maximum = number.Max is int.MaxValue ? null : number.Max.ToString(),
            Default = number.Default is { } value ? JsonValue.Create(value) : null,
        },
        BoolParameter => new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) },
        WordParameter word => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. word.Words.Select(w => JsonValue.Create(w)!)],
            Default = word.Default is { } value ? JsonValue.Create(value) : null,
        },
        TextParameter text => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = text.MaxLength },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static void AddExamples(OpenApiOperation operation, IEnumerable<ExampleMetadata> examples)
    {
        foreach (var example in examples)
        {
            var content = example.Status == 0 ? operation.RequestBody?.Content : ResponseOf(operation, example.Status)?.Content;
            foreach (var media in content?.Values.OfType<OpenApiMediaType>() ?? []) media.Example = JsonNode.Parse(example.Json);
        }
    }

    private static IOpenApiResponse? ResponseOf(OpenApiOperation operation, int status) =>
        operation.Responses is { } all && all.TryGetValue(status.ToString(), out var response) ? response : null;

    private static void AddProblems(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response.Content is not { } content || !content.TryGetValue(Problems.ContentType, out var found)) continue;
            if (found is not OpenApiMediaType media) continue;
            var (code, detail) = Sample(status);
            media.Example = JsonNode.Parse($$"""
                { "type": "urn:ziggie:problem:{{code}}", "title": "{{response.Description}}", "status": {{status}}, "success": false,
                  "detail": "{{detail}}", "code": "{{code}}" }
                """);
        }
    }

    private static (string Code, string Detail) Sample(string status) => status switch
    {
        "400" => ("already_running", "Service 'comfyui' is already running with PID 12345."),
        "401" => ("unauthenticated", "Sign in first: POST /api/auth/login gives a token."),
        "403" => ("forbidden", "'ann' has the role readonly, which may not do this."),
        "404" => ("unknown_service", "There is no service 'comfyu'. Did you mean 'comfyui'?"),
        "409" => ("conflict", "There is already one of that name."),
        "413" => ("too_large", "The request's body is too large; 1 MB is the limit."),
        "415" => ("unsupported_media_type", "The body must be sent as application/json, or, where a set of services is sent, as application/yaml. /swagger says what each route takes."),
        "422" => ("invalid_parameter", "page_size: must be a whole number from 1 to 200, not '0'."),
        "429" => ("rate_limited", "Too many requests to this route in a minute. Try again in 30 s."),
        "503" => ("stopping", "The daemon is stopping and takes no commands."),
        "504" => ("timed_out", "The command did not end in time."),
        _ => ("internal_error", "Something went wrong inside the daemon."),
    };

    private static void AddLock(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Security ??= [];
        foreach (var scheme in (string[])[ZiggieOpenApi.Password, ZiggieOpenApi.Bearer])
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] });
    }
}
