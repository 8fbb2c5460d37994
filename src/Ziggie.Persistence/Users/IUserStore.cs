namespace Ziggie.Persistence.Users;

/// <summary>The table <c>users</c>.</summary>
public interface IUserStore
{
    Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>By name without regard to case; null when there is none.</summary>
    Task<User?> FindAsync(string username, CancellationToken cancellationToken = default);

    /// <summary>Adds a user and returns it with its id; null when the name is taken.</summary>
    Task<User?> AddAsync(User user, CancellationToken cancellationToken = default);

    /// <summary>Replaces a user by id; false when there is none.</summary>
    Task<bool> UpdateAsync(User user, CancellationToken cancellationToken = default);

    Task<bool> DeleteAsync(int id, CancellationToken cancellationToken = default);
}
