using Microsoft.Data.Sqlite;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.Journal;

/// <summary>
/// Writes events to SQLite by one prepared statement: whatever waits, of all actors, in one transaction. The library's way there, with a
/// stream, a translated statement and a connection for each write, takes several times the processor time, and at the start most of a second.
/// </summary>
internal sealed class SqliteWriter(PersistenceOptions options) : IDisposable
{
    private const int MostRows = 1000;

    private const string InsertSql =
        """
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
        VALUES (@created, 0, @id, @sequence, @message, '', @manifest, @identifier, @writer)
        """;

    private readonly string _writerId = Guid.NewGuid().ToString("N");
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _idle = new(true);
    private List<Waiting> _waiting = [];
    private bool _isWriting;
    private bool _isClosed;
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;

    /// <summary>Ends when the events are stored, all of them, or fails when none is.</summary>
    public Task WriteAsync(IReadOnlyList<StoredEvent> events)
    {
        var waiting = new Waiting(events, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            if (_isClosed) return Task.FromException(new ObjectDisposedException(nameof(SqliteWriter)));
            _waiting.Add(waiting);
            if (!_isWriting)
            {
                _isWriting = true;
                _idle.Reset();
                // SQLite's calls block.
                _ = Task.Run(WriteWaiting);
            }
        }
        return waiting.Stored.Task;
    }

    /// <summary>Waits for what is under way, and closes the store.</summary>
    public void Dispose()
    {
        lock (_gate) _isClosed = true;
        _idle.Wait();
        Close();
        _idle.Dispose();
    }

    private void WriteWaiting()
    {
        while (TakeWaiting() is { } batch)
        {
            if (TryStore(batch) is not { } error) continue;
            if (batch.Count == 1) batch[0].Stored.SetException(error);
            // What is wrong with one must not be the others' loss.
            else foreach (var waiting in batch) if (TryStore([waiting]) is { } own) waiting.Stored.SetException(own);
        }
    }

    private List<Waiting>? TakeWaiting()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _isWriting = false;
                _idle.Set();
                return null;
            }
            var rows = 0;
            var count = 0;
            while (count < _waiting.Count && (count == 0 || rows < MostRows)) rows += _waiting[count++].Events.Count;
            var batch = _waiting;
            _waiting = batch[count..];
            batch.RemoveRange(count, batch.Count - count);
            return batch;
        }
    }

    /// <summary>Null when all of it is stored; else nothing is.</summary>
    private Exception? TryStore(List<Waiting> batch)
    {
        try
        {
            var insert = _insert ??= Open();
            // With the write lock from the beginning: one that is asked for later may be refused without a wait.
            using var transaction = _connection!.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            foreach (var waiting in batch)
            {
                foreach (var stored in waiting.Events) Insert(insert, stored);
            }
            transaction.Commit();
        }
        catch (Exception e)
        {
            Close();
            return e;
        }
        foreach (var waiting in batch) waiting.Stored.SetResult();
        return null;
    }

    private void Insert(SqliteCommand insert, StoredEvent stored)
    {
        var parameters = insert.Parameters;
        parameters[0].Value = stored.Created;
        parameters[1].Value = stored.PersistenceId;
        parameters[2].Value = stored.Sequence;
        parameters[3].Value = stored.Message;
        parameters[4].Value = stored.Manifest;
        parameters[5].Value = stored.Serializer;
        insert.ExecuteNonQuery();
    }

    private SqliteCommand Open()
    {
        _connection = new SqliteConnection(options.EffectiveConnectionString);
        _connection.Open();
        SqliteSettings.Apply(_connection);
        var insert = _connection.CreateCommand();
        insert.CommandText = InsertSql;
        foreach (var (name, type) in ((string, SqliteType)[])
            [("@created", SqliteType.Integer), ("@id", SqliteType.Text), ("@sequence", SqliteType.Integer), ("@message", SqliteType.Blob),
                ("@manifest", SqliteType.Text), ("@identifier", SqliteType.Integer)])
        {
            insert.Parameters.Add(name, type);
        }
        insert.Parameters.Add("@writer", SqliteType.Text).Value = _writerId;
        return insert;
    }

    /// <summary>After a failure too: nobody knows in what state a connection is then.</summary>
    private void Close()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        (_insert, _connection) = (null, null);
    }

    private sealed record Waiting(IReadOnlyList<StoredEvent> Events, TaskCompletionSource Stored);
}
