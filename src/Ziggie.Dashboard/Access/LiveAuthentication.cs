using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace Ziggie.Dashboard.Access;

/// <summary>
/// Ends the session of an open page when it has expired or the user has changed, within a minute at the latest.
/// </summary>
internal sealed class LiveAuthentication : RevalidatingServerAuthenticationStateProvider
{
    /// <summary>Who changes the own password gets a new session with the answer, and this page must not be gone before it is there.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly ISessionCheck _sessions;

    public LiveAuthentication(ILoggerFactory loggers, ISessionCheck sessions) : base(loggers)
    {
        _sessions = sessions;
        _sessions.Changed += OnChanged;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await _sessions.IsCurrentAsync(authenticationState.User);

    protected override void Dispose(bool disposing)
    {
        _sessions.Changed -= OnChanged;
        base.Dispose(disposing);
    }

    private void OnChanged() => _ = CheckAsync();

    private async Task CheckAsync()
    {
        try
        {
            await Task.Delay(Grace);
            var state = await GetAuthenticationStateAsync();
            if (state.User.Identity?.IsAuthenticated == true && !await _sessions.IsCurrentAsync(state.User))
                SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            // The page is closing, or was never opened.
        }
    }
}
