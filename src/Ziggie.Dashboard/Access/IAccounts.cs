namespace Ziggie.Dashboard.Access;

/// <summary>Users, as admins manage them and as each one manages oneself. Checks, and records who did it; the API and the dashboard both ask here.</summary>
public interface IAccounts
{
    /// <summary>All, by name.</summary>
    Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Null for nobody, and for names that are no account.</summary>
    Task<Account?> FindAsync(string username, CancellationToken cancellationToken = default);

    Task<AccountReply> CreateAsync(NewAccount account, Doer by);

    Task<AccountReply> UpdateAsync(string username, AccountChange change, Doer by);

    Task<AccountReply> DeleteAsync(string username, Doer by);

    /// <summary>Ends the sessions that the user has, the asking one included.</summary>
    Task<AccountReply> ChangePasswordAsync(string? current, string? next, Doer by);

    /// <summary>A password that nobody guesses.</summary>
    string RandomPassword();
}

/// <summary>Who does something, for the history.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Address">From where; null where that is not known.</param>
public sealed record Doer(string Name, string? Address = null);
