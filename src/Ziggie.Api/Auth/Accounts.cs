using System.Text.Json.Nodes;
using Ziggie.Api.Hosting;
using Ziggie.Api.Record;
using Ziggie.Dashboard.Access;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Users;

namespace Ziggie.Api.Auth;

/// <summary>Changes users: checks what is asked for, does it, and records it.</summary>
internal sealed class Accounts(UserDirectory users, Passwords passwords, AuditLog audit, DaemonStatus status, TimeProvider time) : IAccounts
{
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await users.ListAsync(cancellationToken)).OrderBy(u => u.Username, StringComparer.OrdinalIgnoreCase).Select(Account.Of)];

    public async Task<Account?> FindAsync(string username, CancellationToken cancellationToken = default) =>
        !ReservedUsers.Contains(username) && await users.FindAsync(username, cancellationToken) is { } user ? Account.Of(user) : null;

    public string RandomPassword() => Passwords.Random();

    public async Task<AccountReply> CreateAsync(NewAccount account, Doer by)
    {
        if (status.IsStopping) return Stopping();
        if (UserRules.Check(account) is { Count: > 0 } errors) return new AccountReply.Invalid(errors);
        Roles.TryParse(account.Role ?? Roles.ReadOnly, out var role);
        var user = await users.AddAsync(new User
        {
            Username = account.Username!,
            HashedPassword = passwords.Hash(account.Password!),
            Email = account.Email,
            FullName = account.FullName,
            Role = role,
            IsActive = account.IsActive ?? true,
            CreatedAt = time.GetUtcNow(),
        });
        if (user is null) return new AccountReply.Refused(AccountRefusal.Taken, $"There is already a user '{account.Username}'.");
        await audit.ByAsync(by, AuditKinds.UserCreated, $"User {user.Username} was created with the role {Roles.NameOf(user.Role)}.",
            new JsonObject { ["username"] = user.Username, ["role"] = Roles.NameOf(user.Role) });
        return new AccountReply.Done(Account.Of(user));
    }

    public async Task<AccountReply> UpdateAsync(string username, AccountChange change, Doer by)
    {
        if (status.IsStopping) return Stopping();
        if (UserRules.Check(change) is { Count: > 0 } errors) return new AccountReply.Invalid(errors);
        var hash = change.Password is null ? null : passwords.Hash(change.Password);
        var changed = await users.UpdateAsync(username, user => user with
        {
            HashedPassword = hash ?? user.HashedPassword,
            Email = change.Email ?? user.Email,
            FullName = change.FullName ?? user.FullName,
            Role = Roles.TryParse(change.Role, out var role) ? role : user.Role,
            IsActive = change.IsActive ?? user.IsActive,
        });
        if (RefusalOf(changed, username) is { } refusal) return refusal;
        await RecordChangeAsync(change, changed.User!, by);
        return new AccountReply.Done(Account.Of(changed.User!));
    }

    public async Task<AccountReply> DeleteAsync(string username, Doer by)
    {
        if (status.IsStopping) return Stopping();
        var change = await users.DeleteAsync(username);
        if (RefusalOf(change, username) is { } refusal) return refusal;
        var removed = change.User!.Username;
        await audit.ByAsync(by, AuditKinds.UserRemoved, $"User {removed} was removed.", new JsonObject { ["username"] = removed });
        return new AccountReply.Done(Account.Of(change.User));
    }

    public async Task<AccountReply> ChangePasswordAsync(string? current, string? next, Doer by)
    {
        if (status.IsStopping) return Stopping();
        if (Passwords.Check(next) is { } wrong) return Invalid("new_password", wrong);
        if (await users.FindAsync(by.Name) is not { } user)
            return new AccountReply.Refused(AccountRefusal.NoAccount, $"'{by.Name}' has no account and so no password.");
        if (current is not { Length: <= Passwords.MaxLength } || !passwords.Verify(user, current)) return Invalid("current_password", "is wrong.");
        var hash = passwords.Hash(next!);
        var change = await users.UpdateAsync(user.Username, u => u with { HashedPassword = hash });
        if (change is not { Result: UserChangeResult.Done, User: { } changed }) return new AccountReply.Refused(AccountRefusal.Unknown, "The user is gone.");
        await audit.ByAsync(by, AuditKinds.PasswordChanged, $"{changed.Username} changed the own password.");
        return new AccountReply.Done(Account.Of(changed));
    }

    /// <summary>Which fields were asked to change; of the password that alone.</summary>
    private Task RecordChangeAsync(AccountChange asked, User user, Doer by)
    {
        (string Name, object? Value)[] fields =
        [
            ("password", asked.Password), ("email", asked.Email), ("full_name", asked.FullName), ("role", asked.Role),
            ("is_active", asked.IsActive),
        ];
        string[] changed = [.. fields.Where(f => f.Value is not null).Select(f => f.Name)];
        return audit.ByAsync(by, AuditKinds.UserChanged, $"User {user.Username} was changed: {string.Join(", ", changed)}.", new JsonObject
        {
            ["username"] = user.Username,
            ["changed"] = new JsonArray([.. changed.Select(name => JsonValue.Create(name))]),
            ["role"] = Roles.NameOf(user.Role),
            ["is_active"] = user.IsActive,
        });
    }

    private static AccountReply.Refused? RefusalOf(UserChange change, string username) => change.Result switch
    {
        UserChangeResult.Unknown => new(AccountRefusal.Unknown, $"There is no user '{username}'."),
        UserChangeResult.LastAdmin => new(AccountRefusal.LastAdmin,
            $"'{username}' is the last active admin. Make another one first: somebody must be able to manage users."),
        _ => null,
    };

    private static AccountReply.Invalid Invalid(string field, string message) => new(new Dictionary<string, string[]> { [field] = [message] });

    private static AccountReply.Refused Stopping() => new(AccountRefusal.Stopping, "The daemon is stopping.");
}
