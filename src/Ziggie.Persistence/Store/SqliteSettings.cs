using System.Data.Common;
using LinqToDB.Interceptors;

namespace Ziggie.Persistence.Store;

/// <summary>
/// What SQLite forgets with each connection. <c>busy_timeout</c>: SQLite itself then waits for a lock in steps from 1 ms; left to
/// the driver the first step is 150 ms. <c>synchronous = NORMAL</c>: with the write-ahead log a process that dies loses nothing;
/// a machine that loses power may lose the last moments, but never its consistency, and its processes are gone as well.
/// FULL would wait for the disk with each event; <c>ServicesTableWriter</c> makes the log durable soon after instead.
/// </summary>
internal sealed class SqliteSettings : ConnectionInterceptor
{
    private const string Pragmas = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL;";

    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection) => Apply(connection);

    public override Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
