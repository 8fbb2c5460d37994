using System.Security.Claims;

namespace Ziggie.Dashboard.Access;

/// <summary>Tells whether somebody who once signed in still is the user they were; the host answers it.</summary>
public interface ISessionCheck
{
    /// <summary>Some user was changed or removed: sessions may have ended.</summary>
    event Action? Changed;

    /// <summary>False when the session has expired, or the user's password, role or state has changed since.</summary>
    ValueTask<bool> IsCurrentAsync(ClaimsPrincipal user);
}
