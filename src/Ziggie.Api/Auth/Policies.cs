using Microsoft.AspNetCore.Authorization;
using Ziggie.Api.Http;

namespace Ziggie.Api.Auth;

/// <summary>Who may do what.</summary>
internal static class Policies
{
    /// <summary>The list and the states: anyone signed in, and without a token as <c>Auth:Anonymous</c> says.</summary>
    public const string Status = "status";

    /// <summary>Everything that changes nothing.</summary>
    public const string Read = "read";

    /// <summary>Start, stop, restart, signal.</summary>
    public const string Operate = "operate";

    /// <summary>Definitions and users.</summary>
    public const string Administer = "administer";

    public static void Add(IServiceCollection services) => services
        .AddSingleton<IAuthorizationHandler, StatusReader>()
        .AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>()
        .AddAuthorizationBuilder()
        .AddPolicy(Status, p => p.AddRequirements(new StatusRequirement()))
        .AddPolicy(Read, p => p.RequireRole(Roles.ReadOnly, Roles.User, Roles.Admin))
        .AddPolicy(Operate, p => p.RequireRole(Roles.User, Roles.Admin))
        .AddPolicy(Administer, p => p.RequireRole(Roles.Admin));

    private sealed record StatusRequirement : IAuthorizationRequirement;

    private sealed class StatusReader(AuthSettings settings) : AuthorizationHandler<StatusRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StatusRequirement requirement)
        {
            var isAllowed = context.User.Identity?.IsAuthenticated == true
                || (context.Resource is HttpContext http && settings.Anonymous is not AnonymousMode.None && http.IsFromLoopback());
            if (isAllowed) context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
