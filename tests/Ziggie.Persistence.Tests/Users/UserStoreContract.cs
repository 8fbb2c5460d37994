using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;
using Ziggie.Persistence.Users;

namespace Ziggie.Persistence.Tests.Users;

/// <summary>What a store of users does on every database.</summary>
internal static class UserStoreContract
{
    public static async Task HoldsAsync(StoreConnections connections)
    {
        var users = new UserStore(connections);
        Assert.Empty(await users.ListAsync());

        var admin = await users.AddAsync(New("Admin") with { Role = UserRole.Admin, Email = "a@example.org", FullName = "Ada Ö" });
        var reader = await users.AddAsync(New("reader") with { Role = UserRole.ReadOnly });

        Assert.NotEqual(admin!.Id, reader!.Id);
        Assert.Equal(admin, await users.FindAsync("aDMIN"));
        Assert.Null(await users.FindAsync("nobody"));
        Assert.Null(await users.AddAsync(New("ADMIN")));
        Assert.Equal([admin, reader], await users.ListAsync());

        // Case beyond ASCII, which databases judge differently.
        Assert.NotNull(await users.AddAsync(New("Özil")));
        Assert.Null(await users.AddAsync(New("öZIL")));

        var changed = reader with { Username = "Reader", IsActive = false, LastLogin = Views.Noon.AddTicks(1234560), HashedPassword = "h2" };
        Assert.True(await users.UpdateAsync(changed));
        Assert.Equal(changed, await users.FindAsync("reader"));
        Assert.False(await users.UpdateAsync(New("ghost") with { Id = 4711 }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => users.UpdateAsync(changed with { Username = "admin" }));

        Assert.True(await users.DeleteAsync(reader.Id));
        Assert.False(await users.DeleteAsync(reader.Id));
        Assert.Null(await users.FindAsync("reader"));
        // An id that was given once is never another user's.
        var next = await users.AddAsync(New("next"));
        Assert.True(next!.Id > reader.Id);

        // Of several at once exactly one gets the name.
        var racers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => users.AddAsync(New("racer")))));
        Assert.Single(racers, r => r is not null);
    }

    private static User New(string name) =>
        new() { Username = name, HashedPassword = "hash", Role = UserRole.User, CreatedAt = Views.Noon };
}
