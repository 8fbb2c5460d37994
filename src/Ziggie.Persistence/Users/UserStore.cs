using System.Data.Common;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.Users;

/// <summary>Users are few and seldom change: names are compared here, where case means the same on every database.</summary>
public sealed class UserStore(StoreConnections connections) : IUserStore
{
    private const string Columns = "username, email, full_name, hashed_password, role, is_active, created_at, last_login";

    private readonly StoreWriter _store = new(connections.Options);

    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await _store.OpenAsync(cancellationToken: cancellationToken);
        return [.. (await AllAsync(connection, cancellationToken)).OrderBy(u => u.Username, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task<User?> FindAsync(string username, CancellationToken cancellationToken = default) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(u => IsNamed(u.Username, username));

    public async Task<User?> AddAsync(User user, CancellationToken cancellationToken = default)
    {
        await using var connection = await _store.OpenAsync(isDurable: true, cancellationToken);
        await using var transaction = await BeginAsync(connection, cancellationToken);
        if (await IsTakenAsync(connection, user.Username, exceptId: null, cancellationToken)) return null;
        await using var insert = StoreReader.Command(
            connection,
            $"INSERT INTO users ({Columns}) VALUES (@username, @email, @full_name, @password, @role, @active, @created, @login) RETURNING id",
            Parameters(user));
        var id = Convert.ToInt32(await insert.ExecuteScalarAsync(cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return user with { Id = id };
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Another user has the new name.</exception>
    public async Task<bool> UpdateAsync(User user, CancellationToken cancellationToken = default)
    {
        await using var connection = await _store.OpenAsync(isDurable: true, cancellationToken);
        await using var transaction = await BeginAsync(connection, cancellationToken);
        if (await IsTakenAsync(connection, user.Username, user.Id, cancellationToken))
            throw new InvalidOperationException($"Another user is named '{user.Username}'.");
        var changed = await StoreWriter.ExecuteAsync(
            connection,
            """
            UPDATE users SET username = @username, email = @email, full_name = @full_name, hashed_password = @password, role = @role,
            is_active = @active, created_at = @created, last_login = @login WHERE id = @id
            """,
            cancellationToken, [.. Parameters(user), ("id", user.Id)]);
        await transaction.CommitAsync(cancellationToken);
        return changed > 0;
    }

    public async Task<bool> DeleteAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var connection = await _store.OpenAsync(isDurable: true, cancellationToken);
        return await StoreWriter.ExecuteAsync(connection, "DELETE FROM users WHERE id = @id", cancellationToken, ("id", id)) > 0;
    }

    // Nobody else may write between the look for the name and the insert. On SQLite a transaction begins with the write lock.
    private async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (connections.Options.Provider == StoreProvider.PostgreSql)
            await StoreWriter.ExecuteAsync(connection, "LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
        return transaction;
    }

    private async Task<bool> IsTakenAsync(DbConnection connection, string username, int? exceptId, CancellationToken cancellationToken) =>
        (await AllAsync(connection, cancellationToken)).Exists(other => other.Id != exceptId && IsNamed(other.Username, username));

    private async Task<List<User>> AllAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = StoreReader.Command(connection, $"SELECT id, {Columns} FROM users ORDER BY id");
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var users = new List<User>();
        while (await row.ReadAsync(cancellationToken))
        {
            users.Add(new User
            {
                Id = row.GetInt32(0),
                Username = row.GetString(1),
                Email = row.IsDBNull(2) ? null : row.GetString(2),
                FullName = row.IsDBNull(3) ? null : row.GetString(3),
                HashedPassword = row.GetString(4),
                Role = Enum.Parse<UserRole>(row.GetString(5), ignoreCase: true),
                IsActive = Convert.ToBoolean(row.GetValue(6)),
                CreatedAt = _store.TimeOf(row, 7)!.Value,
                LastLogin = _store.TimeOf(row, 8),
            });
        }
        return users;
    }

    private (string Name, object? Value)[] Parameters(User user) =>
    [
        ("username", user.Username), ("email", user.Email), ("full_name", user.FullName), ("password", user.HashedPassword),
        ("role", user.Role.ToString().ToLowerInvariant()),
        ("active", connections.Options.Provider == StoreProvider.Sqlite ? user.IsActive ? 1 : 0 : user.IsActive),
        ("created", _store.Time(user.CreatedAt)), ("login", _store.Time(user.LastLogin)),
    ];

    private static bool IsNamed(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
