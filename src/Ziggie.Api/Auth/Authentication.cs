using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Ziggie.Api.Browser;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Auth;

/// <summary>Registers who is who.</summary>
internal static class Authentication
{
    private const string Selector = "ziggie";

    public static IServiceCollection AddZiggieAuth(this IServiceCollection services)
    {
        services.AddSingleton<UserDirectory>().AddSingleton<Passwords>().AddSingleton<Tokens>().AddSingleton<SignIn>();
        services.AddSingleton<IAccounts, Accounts>();
        services.AddSingleton<FirstAdmin>().AddHostedService(s => s.GetRequiredService<FirstAdmin>());
        services.AddAuthentication(Selector)
            .AddPolicyScheme(Selector, null, o => o.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 || TakesQueryToken.Of(context) is not null || SessionCookie.Of(context) is not null
                    ? JwtBearerDefaults.AuthenticationScheme
                    : TrustedConnection.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TrustedConnection>(TrustedConnection.SchemeName, null)
            .AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<Tokens>((options, tokens) =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = tokens.Parameters;
            options.Events = new JwtBearerEvents
            {
                OnMessageReceived = context =>
                {
                    // A header says more than a cookie that comes along by itself.
                    context.Token = TakesQueryToken.Of(context.HttpContext)
                        ?? (context.Request.Headers.Authorization.Count > 0 ? null : SessionCookie.Of(context.HttpContext));
                    return Task.CompletedTask;
                },
                OnTokenValidated = async context =>
                {
                    if (context.Principal is null || !await tokens.IsCurrentAsync(context.Principal))
                        context.Fail("The user's password, role or state has changed.");
                },
            };
        });
        Policies.Add(services);
        return services;
    }
}
