using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Ziggie.Api.Contracts;
using Ziggie.Api.Endpoints;

namespace Ziggie.Api.OpenApi;

/// <summary>Swagger: the document at /swagger/v1/swagger.json, the page at /swagger.</summary>
internal static class ZiggieOpenApi
{
    public const string Password = "password";
    public const string Bearer = JwtBearerDefaults.AuthenticationScheme;

    public static IServiceCollection AddZiggieOpenApi(this IServiceCollection services) => services
        .AddEndpointsApiExplorer()
        // Schemas must have the names that the JSON has.
        .AddTransient<ISerializerDataContractResolver>(_ => new JsonSerializerDataContractResolver(
            new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower }))
        .AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Ziggie Control Center",
                Version = "v1",
                Description = "Starts, watches and stops the services of a machine. Errors are RFC 9457 problems with a stable code.",
            });
            options.CustomSchemaIds(type => type == typeof(Problem) ? "Problem" : type.Name);
            options.AddSecurityDefinition(Password, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Signs in with user name and password.",
                Flows = new OpenApiOAuthFlows
                {
                    Password = new OpenApiOAuthFlow
                    {
                        TokenUrl = new Uri(AuthEndpoints.FormRoute, UriKind.Relative),
                        Scopes = new Dictionary<string, string>(),
                    },
                },
            });
            options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of POST /api/auth/login.",
            });
            options.OperationFilter<OperationDetails>();
        });

    public static void UseZiggieOpenApi(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "Ziggie Control Center";
            options.SwaggerEndpoint("v1/swagger.json", "Ziggie Control Center v1");
            options.EnablePersistAuthorization();
        });
    }
}
