using Ziggie.Persistence.Users;

namespace Ziggie.Api.Tests.Fakes;

/// <summary>The table of users in memory.</summary>
internal sealed class FakeUsers : IUserStore
{
    private readonly Lock _gate = new();
    private readonly List<User> _users = [];
    private int _lastId;

    public Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<User>>([.. _users]);
    }

    public Task<User?> FindAsync(string username, CancellationToken cancellationToken = default)
    {
        lock (_gate) return Task.FromResult(_users.Find(u => Matches(u, username)));
    }

    public Task<User?> AddAsync(User user, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_users.Exists(u => Matches(u, user.Username))) return Task.FromResult<User?>(null);
            var added = user with { Id = ++_lastId };
            _users.Add(added);
            return Task.FromResult<User?>(added);
        }
    }

    public Task<bool> UpdateAsync(User user, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var index = _users.FindIndex(u => u.Id == user.Id);
            if (index >= 0) _users[index] = user;
            return Task.FromResult(index >= 0);
        }
    }

    public Task<bool> DeleteAsync(int id, CancellationToken cancellationToken = default)
    {
        lock (_gate) return Task.FromResult(_users.RemoveAll(u => u.Id == id) > 0);
    }

    private static bool Matches(User user, string name) => user.Username.Equals(name, StringComparison.OrdinalIgnoreCase);
}
