using Microsoft.Data.Sqlite;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;
using Ziggie.Persistence.Users;

namespace Ziggie.Persistence.Tests.Users;

public sealed class UserStoreTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Users_are_kept_on_sqlite()
    {
        await StoreSetup.PrepareAsync(_home.Options);

        await UserStoreContract.HoldsAsync(new StoreConnections(_home.Options));
    }

    [Fact]
    public async Task A_row_reads_as_it_is_documented()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        await new UserStore(new StoreConnections(_home.Options)).AddAsync(new User
        {
            Username = "Admin",
            HashedPassword = "hash",
            Role = UserRole.ReadOnly,
            CreatedAt = new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(2)),
        });

        using var connection = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadOnly);
        Assert.Equal(
            "1|Admin|-|-|hash|readonly|1|2026-03-01T12:00:00.0000000Z|-",
            connection.Scalar(
                """
                SELECT concat_ws('|', id, username, coalesce(email, '-'), coalesce(full_name, '-'), hashed_password, role, is_active,
                  created_at, coalesce(last_login, '-')) FROM users
                """));
    }
}
