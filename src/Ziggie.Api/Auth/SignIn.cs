using Ziggie.Api.Record;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Users;

namespace Ziggie.Api.Auth;

/// <summary>Finds out whether somebody is who they say, and records it; the API and the sign-in page both ask here.</summary>
internal sealed class SignIn(UserDirectory users, Passwords passwords, AuditLog audit, TimeProvider time)
{
    /// <summary>The user; null when the name or the password is wrong, or the user is not active.</summary>
    public async Task<User?> ByPasswordAsync(string username, string password, HttpContext context)
    {
        if (password.Length > Passwords.MaxLength) return null;
        var user = await users.FindAsync(username);
        if (passwords.Verify(user, password) && user is { IsActive: true }) return await EnterAsync(user, context, "signed in.");
        await RecordFailureAsync(context, user);
        return null;
    }

    /// <summary>Somebody with a link that was good; null when the user is gone or not active.</summary>
    public async Task<User?> ByLinkAsync(string username, HttpContext context) =>
        await users.FindAsync(username) is { IsActive: true } user ? await EnterAsync(user, context, "signed in by a link.") : null;

    private async Task<User> EnterAsync(User user, HttpContext context, string how)
    {
        await users.UpdateAsync(user.Username, u => u with { LastLogin = time.GetUtcNow() });
        await audit.ByClientAsync(context, AuditKinds.SignedIn, $"{user.Username} {how}", user.Username);
        return user;
    }

    // A name that nobody has is not recorded: it may be a password that was typed into the wrong field.
    private Task RecordFailureAsync(HttpContext context, User? user) => audit.ByClientAsync(
        context, AuditKinds.SignInFailed,
        user is null ? "A sign-in with a name that no user has was refused."
        : user.IsActive ? $"A sign-in as {user.Username} with a wrong password was refused."
        : $"A sign-in as {user.Username}, who is not active, was refused.",
        user?.Username ?? ReservedUsers.Anonymous);
}
