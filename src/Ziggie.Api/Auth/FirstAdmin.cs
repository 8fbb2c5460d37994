using Ziggie.Api.Record;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Users;

namespace Ziggie.Api.Auth;

/// <summary>Makes the user <c>admin</c> when there are no users yet, before the daemon listens.</summary>
internal sealed class FirstAdmin(
    UserDirectory users, Passwords passwords, AuditLog audit, IConfiguration configuration, TimeProvider time) : IHostedService
{
    public const string Username = "admin";
    public const string PasswordVariable = "ZIGGIE_ADMIN_PASSWORD";

    /// <summary>The password that was made at random in this start, to be shown once; null otherwise.</summary>
    public string? NewPassword { get; private set; }

    /// <summary>Whether the user was made in this start.</summary>
    public bool IsNew { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await users.ListAsync(cancellationToken)).Count > 0) return;
        var given = configuration[PasswordVariable];
        var password = string.IsNullOrEmpty(given) ? Passwords.Random() : given;
        var added = await users.AddAsync(new User
        {
            Username = Username,
            FullName = "Administrator",
            HashedPassword = passwords.Hash(password),
            Role = UserRole.Admin,
            CreatedAt = time.GetUtcNow(),
        });
        if (added is null) return;
        IsNew = true;
        await audit.ByDaemonAsync(AuditKinds.UserCreated, $"User {Username} was created, because there was none.");
        if (string.IsNullOrEmpty(given)) NewPassword = password;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
