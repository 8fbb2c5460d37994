using System.Data;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Serialization;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Users;

namespace Ziggie.Persistence.Portable;

/// <summary>
/// The whole store as one file that any other store can take: a zip with a manifest and JSON lines. It holds secrets in the clear and
/// password hashes.
/// </summary>
public sealed class PortableStore(StoreConnections connections)
{
    private const string ManifestName = "manifest.json", EventsName = "events.jsonl", UsersName = "users.jsonl", AuditName = "audit.jsonl", SnapshotsName = "snapshots.jsonl";

    private const int Batch = 1000;

    private static readonly BulkCopyOptions Rows = new() { BulkCopyType = BulkCopyType.MultipleRows, MaxBatchSize = Batch };

    /// <summary>Writes everything as it is at one moment, also while a daemon uses the store.</summary>
    public async Task<PortableManifest> ExportAsync(Stream target, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await using var db = connections.Open();
        await using var transaction = await db.BeginTransactionAsync(
            // On SQLite every reading transaction sees one moment; this one begins without the lock for writing.
            connections.Options.Provider == StoreProvider.Sqlite ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead,
            cancellationToken);
        await using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        var events = await WriteAsync(zip, EventsName, EventsAsync(db), PortableJson.Default.PortableEvent, cancellationToken);
        var users = await WriteAsync(zip, UsersName, UsersAsync(db), PortableJson.Default.PortableUser, cancellationToken);
        var audit = await WriteAsync(zip, AuditName, AuditAsync(db), PortableJson.Default.PortableAudit, cancellationToken);
        var snapshots = await WriteAsync(zip, SnapshotsName, SnapshotsAsync(db), PortableJson.Default.PortableSnapshot, cancellationToken);
        var keptFrom = await db.GetTable<PositionRow>().FirstOrDefaultAsync(r => r.Name == HistoryPruner.KeptFrom, cancellationToken);
        var manifest = new PortableManifest(
            PortableManifest.FormatName, PortableManifest.Current, now, events, users, audit, snapshots,
            keptFrom is null ? null : new DateTimeOffset(keptFrom.Position, TimeSpan.Zero));
        await using var entry = await zip.CreateEntry(ManifestName).OpenAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(entry, manifest, PortableJson.Default.PortableManifest, cancellationToken);
        return manifest;
    }

    /// <summary>Fills an empty store; all of it or nothing.</summary>
    /// <exception cref="StoreException">The file is no export, is damaged, or the store is not empty; nothing was changed.</exception>
    public async Task<PortableManifest> ImportAsync(Stream source, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var zip = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
            var manifest = await ManifestAsync(zip, cancellationToken);
            await using var db = connections.OpenDurable();
            await using var transaction = await db.BeginTransactionAsync(cancellationToken);
            await DemandEmptyAsync(db, cancellationToken);
            var events = await CopyAsync(db, zip, EventsName, PortableJson.Default.PortableEvent, Row, cancellationToken);
            var users = await CopyAsync(db, zip, UsersName, PortableJson.Default.PortableUser, Row, cancellationToken);
            var audit = await CopyAsync(db, zip, AuditName, PortableJson.Default.PortableAudit, Row, cancellationToken);
            var snapshots = manifest.Version < 2
                ? 0 : await CopyAsync(db, zip, SnapshotsName, PortableJson.Default.PortableSnapshot, Row, cancellationToken);
            if ((events, users, audit, snapshots) != (manifest.Events, manifest.Users, manifest.Audit, manifest.Snapshots))
            {
                throw Invalid($"it holds {PortableManifest.Count(events, "event")}, {PortableManifest.Count(users, "user")}, {PortableManifest.Count(audit, "record")} and {PortableManifest.Count(snapshots, "snapshot")}, but its manifest says "
                    + $"{manifest.Events}, {manifest.Users}, {manifest.Audit} and {manifest.Snapshots}");
            }
            if (manifest.HistoryFrom is { } from)
                await db.InsertOrReplaceAsync(new PositionRow { Name = HistoryPruner.KeptFrom, Position = from.UtcTicks }, token: cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return manifest;
        }
        catch (InvalidDataException e)
        {
            throw Invalid(e.Message, e);
        }
    }

    private static async IAsyncEnumerable<PortableEvent> EventsAsync(DataConnection db)
    {
        await foreach (var row in db.GetTable<JournalRecord>().Where(r => !r.Deleted).OrderBy(r => r.Ordering).AsAsyncEnumerable())
        {
            using var json = JsonDocument.Parse(row.Message);
            yield return new PortableEvent(row.PersistenceId, row.SequenceNumber, row.Created, row.Manifest, json.RootElement);
        }
    }

    private static async IAsyncEnumerable<PortableSnapshot> SnapshotsAsync(DataConnection db)
    {
        await foreach (var row in db.GetTable<SnapshotRecord>().OrderBy(r => r.PersistenceId).ThenBy(r => r.SequenceNumber).AsAsyncEnumerable())
        {
            using var json = JsonDocument.Parse(row.Snapshot);
            yield return new PortableSnapshot(row.PersistenceId, row.SequenceNumber, row.Created, row.Manifest, json.RootElement);
        }
    }

    private static async IAsyncEnumerable<PortableUser> UsersAsync(DataConnection db)
    {
        await foreach (var row in db.GetTable<UserRow>().OrderBy(r => r.Id).AsAsyncEnumerable())
        {
            yield return new PortableUser(
                row.Username, row.Email, row.FullName, row.HashedPassword, row.Role, row.IsActive, row.CreatedAt, row.LastLogin);
        }
    }

    private static async IAsyncEnumerable<PortableAudit> AuditAsync(DataConnection db)
    {
        await foreach (var row in db.GetTable<AuditRow>().OrderBy(r => r.Id).AsAsyncEnumerable())
            yield return new PortableAudit(row.Created, row.Kind, row.Who, row.Address, row.Service, row.Message, row.Details);
    }

    private static async Task<long> WriteAsync<T>(
        ZipArchive zip, string name, IAsyncEnumerable<T> things, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(cancellationToken);
        var count = 0L;
        await foreach (var thing in things.WithCancellation(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(entry, thing, type, cancellationToken);
            await entry.WriteAsync("\n"u8.ToArray(), cancellationToken);
            count++;
        }
        return count;
    }

    private static async Task<PortableManifest> ManifestAsync(ZipArchive zip, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(ManifestName) ?? throw Invalid($"it has no {ManifestName}");
        await using var stream = await entry.OpenAsync(cancellationToken);
        PortableManifest? manifest;
        try
        {
            using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            // Before the rest of it: a newer one may have other members.
            if (json.RootElement.TryGetProperty("version", out var version) && version.TryGetInt32(out var number)
                && number > PortableManifest.Current)
            {
                throw Invalid($"it is of version {number}, and this Ziggie knows up to {PortableManifest.Current}: use a newer one");
            }
            manifest = json.Deserialize(PortableJson.Default.PortableManifest);
        }
        catch (JsonException e)
        {
            throw Invalid($"its {ManifestName} cannot be read", e);
        }
        return manifest is { Format: PortableManifest.FormatName } ? manifest : throw Invalid($"its {ManifestName} is of another program");
    }

    private static async Task DemandEmptyAsync(DataConnection db, CancellationToken cancellationToken)
    {
        var isEmpty = !await db.GetTable<JournalRecord>().AnyAsync(cancellationToken) && !await db.GetTable<UserRow>().AnyAsync(cancellationToken);
        if (isEmpty) return;
        throw new StoreException(StoreProblem.Configuration,
            "The store is not empty, and an import does not mix with it. Name a new home with ZIGGIE_HOME, or an empty database.");
    }

    private static async Task<long> CopyAsync<T, TRow>(
        DataConnection db, ZipArchive zip, string name, JsonTypeInfo<T> type, Func<T, TRow> row, CancellationToken cancellationToken)
        where T : class where TRow : class
    {
        var entry = zip.GetEntry(name) ?? throw Invalid($"it has no {name}");
        using var lines = new StreamReader(await entry.OpenAsync(cancellationToken));
        var batch = new List<TRow>(Batch);
        var count = 0L;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            count++;
            try
            {
                batch.Add(row(JsonSerializer.Deserialize(line, type) ?? throw new JsonException("It is null.")));
            }
            catch (JsonException e)
            {
                throw Invalid($"line {count} of {name} cannot be read", e);
            }
            if (batch.Count < Batch) continue;
            await db.BulkCopyAsync(Rows, batch, cancellationToken);
            batch.Clear();
        }
        if (batch.Count > 0) await db.BulkCopyAsync(Rows, batch, cancellationToken);
        return count;
    }

    private static JournalRecord Row(PortableEvent happened) => new()
    {
        Created = happened.Created,
        PersistenceId = happened.Id,
        SequenceNumber = happened.Number,
        Message = JsonSerializer.SerializeToUtf8Bytes(happened.Event, StoreTextJson),
        Manifest = happened.Manifest,
        Tags = "",
        Identifier = ZiggieSerializer.Id,
    };

    private static SnapshotRecord Row(PortableSnapshot taken) => new()
    {
        PersistenceId = taken.Id,
        SequenceNumber = taken.Number,
        Created = taken.Created,
        Snapshot = JsonSerializer.SerializeToUtf8Bytes(taken.State, StoreTextJson),
        Manifest = taken.Manifest,
        SerializerId = ZiggieSerializer.Id,
    };

    private static readonly JsonSerializerOptions StoreTextJson =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static UserRow Row(PortableUser user) => new()
    {
        Username = user.Username,
        Email = user.Email,
        FullName = user.FullName,
        HashedPassword = user.HashedPassword,
        Role = user.Role,
        IsActive = user.IsActive,
        // PostgreSQL takes no other offset.
        CreatedAt = user.CreatedAt.ToUniversalTime(),
        LastLogin = user.LastLogin?.ToUniversalTime(),
    };

    private static AuditRow Row(PortableAudit record) => new()
    {
        Created = record.Created,
        Kind = record.Kind,
        Who = record.Who,
        Address = record.Address,
        Service = record.Service,
        Message = record.Message,
        Details = record.Details,
    };

    private static StoreException Invalid(string what, Exception? inner = null) =>
        new(StoreProblem.BackupInvalid, $"The file cannot be imported: {what.TrimEnd('.')}. Nothing was changed.", inner);
}
