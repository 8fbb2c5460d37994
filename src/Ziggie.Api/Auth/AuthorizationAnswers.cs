using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Components.Endpoints;
using Ziggie.Api.Http;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Auth;

/// <summary>Answers 401 and 403: programs get problems, browsers the sign-in or a page that says so.</summary>
internal sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        var isPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (context.User.Identity?.IsAuthenticated != true)
        {
            if (isPage)
            {
                context.Response.Redirect(SignInAddress.For(context.Request.Path + context.Request.QueryString));
                return Task.CompletedTask;
            }

            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.ForStatus(context, 401).WriteAsync(context);
        }

        // The dashboard asks the same of each page before it draws it, and draws this refusal instead.
        if (isPage && context.User.Role() is { } role && Roles.All.Contains(role))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return next(context);
        }

        return Problems.Forbidden(
            $"'{context.UserName()}' has the role {context.User.Role()}, which may not do this. An admin can change roles.").WriteAsync(context);
    }
}
