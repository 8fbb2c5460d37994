using System.Collections.Concurrent;
using Ziggie.Persistence.Users;

namespace Ziggie.Api.Auth;

/// <summary>
/// The users, kept at hand because each request asks for one. Changes go through here one at a time; what others write into the table is
/// seen within seconds.
/// </summary>
internal sealed class UserDirectory(IUserStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (User? User, long At)> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _changing = new(1, 1);
    private int _generation;

    /// <summary>Some user was changed or removed; tokens may have ended.</summary>
    public event Action? Changed;

    public async ValueTask<User?> FindAsync(string username, CancellationToken cancellationToken = default)
    {
        if (_known.TryGetValue(username, out var known) && time.GetElapsedTime(known.At) < Freshness) return known.User;
        var at = time.GetTimestamp();
        var generation = Volatile.Read(ref _generation);
        var user = await store.FindAsync(username, cancellationToken);
        // Names that nobody has are not kept: anyone could fill the memory with them.
        if (user is null) _known.TryRemove(username, out _);
        else _known[username] = (user, at);
        // What was read before a change must not outlive it.
        if (Volatile.Read(ref _generation) != generation) _known.TryRemove(username, out _);
        return user;
    }

    public Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken = default) => store.ListAsync(cancellationToken);

    /// <summary>Null when the name is taken.</summary>
    public Task<User?> AddAsync(User user) => ChangeAsync(async () =>
    {
        var added = await store.AddAsync(user);
        return added;
    });

    /// <summary>Changes a user. The change sees the newest user and may refuse it.</summary>
    public Task<UserChange> UpdateAsync(string username, Func<User, User> change) => ChangeAsync(async () =>
    {
        if (await store.FindAsync(username) is not { } before) return new UserChange(UserChangeResult.Unknown, null);
        var after = change(before);
        if (!IsActiveAdmin(after) && await IsLastAdminAsync(before)) return new UserChange(UserChangeResult.LastAdmin, before);
        return await store.UpdateAsync(after)
            ? new UserChange(UserChangeResult.Done, after)
            : new UserChange(UserChangeResult.Unknown, null);
    });

    public Task<UserChange> DeleteAsync(string username) => ChangeAsync(async () =>
    {
        if (await store.FindAsync(username) is not { } user) return new UserChange(UserChangeResult.Unknown, null);
        if (await IsLastAdminAsync(user)) return new UserChange(UserChangeResult.LastAdmin, user);
        return new UserChange(await store.DeleteAsync(user.Id) ? UserChangeResult.Done : UserChangeResult.Unknown, user);
    });

    public void Dispose() => _changing.Dispose();

    private static bool IsActiveAdmin(User user) => user is { Role: UserRole.Admin, IsActive: true };

    private async Task<bool> IsLastAdminAsync(User user) =>
        IsActiveAdmin(user) && !(await store.ListAsync()).Any(other => other.Id != user.Id && IsActiveAdmin(other));

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        await _changing.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            Interlocked.Increment(ref _generation);
            _known.Clear();
            _changing.Release();
            Changed?.Invoke();
        }
    }
}

internal enum UserChangeResult { Done, Unknown, LastAdmin }

/// <param name="Result">What came of it.</param>
/// <param name="User">After the change; null when there is none of that name.</param>
internal sealed record UserChange(UserChangeResult Result, User? User);
