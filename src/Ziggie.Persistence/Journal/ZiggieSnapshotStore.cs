using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Snapshot;

namespace Ziggie.Persistence.Journal;

/// <summary>Akka.Persistence.Sql's snapshot store, with a faster way to the latest snapshot.</summary>
internal sealed class ZiggieSnapshotStore : SqlSnapshotStore
{
    private readonly ReplayReader _reader;

    public ZiggieSnapshotStore(Config config) : base(config)
    {
        var system = Context.System;
        _reader = new ReplayReader(system.Settings.Setup.Get<StoreReadSetup>().Value.Options, system.Serialization);
    }

    protected override Task<SelectedSnapshot?> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        criteria.MaxTimeStamp == DateTime.MaxValue
            ? Task.Run(() => _reader.SnapshotAsync(persistenceId, criteria.MaxSequenceNr), cancellationToken)
            : base.LoadAsync(persistenceId, criteria, cancellationToken);
}
