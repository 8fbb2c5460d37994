using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Portable;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Journal;
using Ziggie.Processes;

namespace Ziggie.Persistence.Tests.History;

/// <summary>What goes and what stays, on every database, when old history is taken out.</summary>
internal sealed class PruneContract(PersistenceOptions options)
{
    private static readonly DateTimeOffset Early = DateTimeOffset.UtcNow.AddMinutes(-1);

    private readonly StoreConnections _connections = new(options);

    private StoredHistory History => new(_connections, new AuditTable(_connections));

    public async Task HoldsAsync(PersistenceOptions other)
    {
        DateTimeOffset cut;
        IReadOnlyList<object> later = [new ServiceEvents.Exited(1, 3, null, TimeSpan.FromSeconds(9), Now), new ServiceEvents.TreeGone(1, 0, Now)];
        await using (var host = await JournalHost.StartAsync(options))
        {
            await StoreAsync(host, "services", new RegistryEvents.Registered(1, "api", Early), new RegistryEvents.Registered(2, "gone", Early));
            IServiceEvent[] first =
            [
                new ServiceEvents.Defined(Definition("api"), "ann", Early), new ServiceEvents.WantedUp("start", "ann", Early),
                new ServiceEvents.Launching(1, "r-1", Early), new ServiceEvents.Launched(1, new ProcessIdentity(4711, 1, "boot"), TimeSpan.Zero, Early),
            ];
            await StoreAsync(host, "service-1", first);
            await SnapshotAsync(host, "service-1", first.Aggregate(ServiceState.Empty, ServiceCore.Evolve));
            // Not behind a snapshot, though it is old.
            await StoreAsync(host, "service-1", new ServiceEvents.BecameReady(1, Early));
            await StoreAsync(host, "service-2", new ServiceEvents.Defined(Definition("gone"), "ann", Early), new ServiceEvents.Removed("ann", Early));
            await StoreAsync(host, "services", new RegistryEvents.Dropped(2, Early));
            for (var i = 0; i < 2; i++) await SignInAsync("ann");
            Assert.Null(await History.KeptFromAsync());
            cut = DateTimeOffset.UtcNow;
            await SignInAsync("bob");
            await StoreAsync(host, "service-1", [.. later]);
        }
        var before = await History.AtAsync(Now);

        // Three of the service's first four events, both of the one that is no more, and two sign-ins.
        Assert.Equal(7, await new HistoryPruner(_connections).PruneAsync(cut));
        Assert.Equal(0, await new HistoryPruner(_connections).PruneAsync(cut));

        Assert.Equal(["tree_gone", "exited", "signed_in", "ready", "defined"], await KindsAsync());
        Assert.Equal(cut.UtcTicks, (await History.KeptFromAsync())!.Value.UtcTicks);
        Assert.Equivalent(before, await History.AtAsync(Now), strict: true);
        await new HistoryPruner(_connections).PruneAsync(cut.AddDays(-1));
        Assert.Equal(cut.UtcTicks, (await History.KeptFromAsync())!.Value.UtcTicks);

        await GoesOnAsync(later, before);
        await IsExportedAsync(other);
    }

    /// <summary>Its actor recovers what it was and counts on, also when nothing at all came after the last snapshot.</summary>
    private async Task GoesOnAsync(IReadOnlyList<object> later, IReadOnlyList<PastService> before)
    {
        await using (var host = await JournalHost.StartAsync(options))
        {
            var recovered = await JournalContract.RecoveredAsync(host, "service-1");
            Assert.Equal(4711, Assert.IsType<ServiceState>(recovered[0]).Run!.Process!.Pid);
            Assert.Equal(later, recovered.Skip(2));
            await SnapshotAsync(host, "service-1", before.Single().State);
        }
        await new HistoryPruner(_connections).PruneAsync(DateTimeOffset.UtcNow);
        Assert.Equal(["tree_gone", "signed_in", "defined"], await KindsAsync());

        await using var again = await JournalHost.StartAsync(options);
        Assert.IsType<ServiceState>(Assert.Single(await JournalContract.RecoveredAsync(again, "service-1")));
        await StoreAsync(again, "service-1", new ServiceEvents.WantedUp("start", "bob", Now));
        Assert.Equal("start_wanted", (await KindsAsync())[0]);
    }

    private async Task IsExportedAsync(PersistenceOptions other)
    {
        var (here, now) = (await History.AtAsync(Now), DateTimeOffset.UtcNow);
        using var file = new MemoryStream();
        await new PortableStore(_connections).ExportAsync(file, now);
        await StoreSetup.PrepareAsync(other);
        await new PortableStore(new StoreConnections(other)).ImportAsync(file);

        Assert.Equal(await History.KeptFromAsync(), await new PruneContract(other).History.KeptFromAsync());
        Assert.Equivalent(here, await new PruneContract(other).History.AtAsync(Now), strict: true);
        await using var host = await JournalHost.StartAsync(other);
        Assert.Equal(2, (await JournalContract.RecoveredAsync(host, "service-1")).Count);
    }

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    private async Task<IReadOnlyList<string>> KindsAsync() =>
        [.. (await History.QueryAsync(new HistoryQuery())).Entries.Select(e => e.Kind)];

    private Task SignInAsync(string who) =>
        new AuditTable(_connections).RecordAsync(new AuditEntry(AuditKinds.SignedIn, "Signed in.") { At = Now, Who = who });

    private static async Task StoreAsync(JournalHost host, string id, params object[] events) =>
        Assert.IsType<WriterActor.Stored>(await host.AskAsync(id, new WriterActor.Store(events)));

    private static async Task SnapshotAsync(JournalHost host, string id, ServiceState state) =>
        Assert.IsType<WriterActor.Stored>(await host.AskAsync(id, new WriterActor.StoreSnapshot(state)));

    private static ServiceDefinition Definition(string name) => new() { Name = name, Command = ["sleep", "60"] };
}
