using System.Collections.Immutable;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Journal;
using Ziggie.Processes;

namespace Ziggie.Persistence.Tests.History;

/// <summary>What the history answers on every database, from what a real journal has written.</summary>
internal sealed class HistoryContract(PersistenceOptions options)
{
    private const string Secret = "s3cret";

    private readonly AuditTable _audit = new(new StoreConnections(options));
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

    private StoredHistory History => new(new StoreConnections(options), _audit);

    /// <summary>A first life of "api" that is removed, a second one that crashes, and "db".</summary>
    public async Task FillAsync()
    {
        await using var host = await JournalHost.StartAsync(options);
        await StoreAsync(host, "services",
            new RegistryEvents.Registered(1, "api", At(0)), new RegistryEvents.Registered(2, "db", At(0)));
        await StoreAsync(host, "service-1",
            new ServiceEvents.Defined(Definition("api", "one"), "ann", At(1)), new ServiceEvents.WantedUp("start", "ann", At(2)),
            new ServiceEvents.Launching(1, "r-1", At(2)), new ServiceEvents.Launched(1, new ProcessIdentity(4711, 1, "boot"), TimeSpan.Zero, At(3)),
            new ServiceEvents.BecameReady(1, At(4)));
        await StoreAsync(host, "service-2",
            new ServiceEvents.Defined(Definition("db", "two"), "ann", At(5)), new ServiceEvents.WantedUp("start", "bob", At(6)),
            new ServiceEvents.Launching(1, "r-2", At(6)), new ServiceEvents.Launched(1, new ProcessIdentity(4712, 1, "boot"), TimeSpan.Zero, At(7)),
            new ServiceEvents.BecameReady(1, At(8)));
        await _audit.RecordAsync(new AuditEntry(AuditKinds.SignedIn, "Signed in.") { At = DateTimeOffset.UtcNow, Who = "ann", Address = "127.0.0.1" });
        await StoreAsync(host, "service-1",
            new ServiceEvents.Defined(Definition("api", Secret + "-new"), "bob", At(20)),
            new ServiceEvents.Exited(1, 3, null, TimeSpan.FromSeconds(9), At(21)), new ServiceEvents.TreeGone(1, 2, At(21)),
            new ServiceEvents.RestartPlanned(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(9), "Exited with code 3.", At(21)),
            new ServiceEvents.GaveUp(1, "Gave up.", null, TimeSpan.FromSeconds(10), At(22)), new ServiceEvents.Removed("bob", At(30)));
        await StoreAsync(host, "services", new RegistryEvents.Dropped(1, At(30)), new RegistryEvents.Registered(3, "api", At(40)));
        await StoreAsync(host, "service-3", new ServiceEvents.Defined(Definition("api", "three"), "eve \"x\" ü", At(41)));
    }

    /// <summary>Whole, narrowed in every way, and page by page without a gap or a repetition.</summary>
    public async Task HoldsAsync()
    {
        var all = await QueryAsync(new HistoryQuery());
        Assert.Equal(18, all.Count);
        var events = all.Where(e => e.Kind != AuditKinds.SignedIn).Select(e => e.At).ToList();
        Assert.Equal(events.OrderDescending(), events);
        Assert.Equal([AuditKinds.SignedIn, "ready"], all.SkipWhile(e => e.Kind != AuditKinds.SignedIn).Take(2).Select(e => e.Kind));
        Assert.Equal(18, all.Select(e => e.Id).Distinct().Count());
        Assert.Equal(("defined", "eve \"x\" ü", "api"), (all[0].Kind, all[0].Who, all[0].Service));

        Assert.Equal(
            ["defined", "removed", "gave_up", "restart_planned", "tree_gone", "exited", "defined", "ready", "started", "launching", "start_wanted", "defined"],
            (await QueryAsync(new HistoryQuery { Service = "api" })).Select(e => e.Kind));
        Assert.Equal(["db", "api"], (await QueryAsync(new HistoryQuery { Kinds = ["started"] })).Select(e => e.Service));
        Assert.Equal(["signed_in"], (await QueryAsync(new HistoryQuery { Kinds = ["signed_in", "sign_in_failed"] })).Select(e => e.Kind));
        Assert.Equal(["removed", "defined", "start_wanted"], (await QueryAsync(new HistoryQuery { Who = "bob" })).Select(e => e.Kind));
        Assert.Single(await QueryAsync(new HistoryQuery { Who = "eve \"x\" ü" }));
        Assert.Equal(4, (await QueryAsync(new HistoryQuery { Who = "ann" })).Count);
        Assert.Equal([At(21), At(21), At(21), At(20)],
            (await QueryAsync(new HistoryQuery { Since = At(20), Until = At(21) })).Select(e => e.At));
        Assert.Empty(await QueryAsync(new HistoryQuery { Service = "nobody" }));

        var exited = (await QueryAsync(new HistoryQuery { Kinds = ["exited"] })).Single();
        Assert.Equal((1L, 3, null, "Exited with code 3."), (exited.Run, exited.Code, exited.Signal, exited.Message));
        Assert.Equal(4711, (await QueryAsync(new HistoryQuery { Service = "api", Kinds = ["started"] })).Single().Pid);

        for (var limit = 1; limit <= 19; limit++) Assert.Equal(all.Select(e => e.Id), await PagedAsync(limit));
        Assert.True(await History.KnowsAsync("api"));
        Assert.False(await History.KnowsAsync("nobody"));
    }

    public async Task SecretsAreMaskedAsync()
    {
        var changed = (await QueryAsync(new HistoryQuery { Service = "api", Kinds = ["defined"], Who = "bob" })).Single();
        Assert.Equal("Definition changed by bob: env.", changed.Message);
        Assert.Equal("""{"changed":{"env":{"from":{"DB_PASSWORD":"********"},"to":{"DB_PASSWORD":"********"}}}}""", changed.Details!.ToJsonString());
        Assert.DoesNotContain((await QueryAsync(new HistoryQuery())), e => e.Details?.ToJsonString().Contains(Secret) == true);
    }

    /// <summary>Before, between and after; also from a snapshot that is older than the moment, and not from one that is younger.</summary>
    public async Task TellsWhatRanAsync()
    {
        Assert.Empty(await History.AtAsync(At(-1)));
        var early = await History.AtAsync(At(7));
        Assert.Equal(["api", "db"], early.Select(s => s.State.Definition!.Name));
        Assert.Equal([Phase.Running, Phase.Starting], early.Select(s => s.State.Phase));
        Assert.Equal([4711, 4712], early.Select(s => s.State.Run!.Process!.Pid));
        Assert.Equal([At(3), At(7)], early.Select(s => s.State.Run!.StartedAt!.Value));
        Assert.Equal(Phase.Failed, (await History.AtAsync(At(25)))[0].State.Phase);
        Assert.Equal(["db"], (await History.AtAsync(At(35))).Select(s => s.State.Definition!.Name));
        Assert.Equal([3, 2], (await History.AtAsync(At(41))).Select(s => s.Id));

        await using (var host = await JournalHost.StartAsync(options))
        {
            var state = (await History.AtAsync(At(41))).Single(s => s.Id == 2).State with { Restarts = 77 };
            Assert.IsType<WriterActor.Stored>(await host.AskAsync("service-2", new WriterActor.StoreSnapshot(state)));
        }
        Assert.Equal(0, (await History.AtAsync(At(8))).Single(s => s.Id == 2).State.Restarts);
        Assert.Equal(77, (await History.AtAsync(DateTimeOffset.UtcNow.AddHours(1))).Single(s => s.Id == 2).State.Restarts);
    }

    /// <summary>Its actors recover, and store what comes.</summary>
    public async Task GoesOnAsync()
    {
        await using var host = await JournalHost.StartAsync(options);
        Assert.Equal(11, (await JournalContract.RecoveredAsync(host, "service-1")).Count);
        await StoreAsync(host, "service-1", new ServiceEvents.WantedUp("start", "ann", DateTimeOffset.UtcNow));
        Assert.Equal("start_wanted", (await QueryAsync(new HistoryQuery { Service = "api" }))[0].Kind);
    }

    private async Task<List<string>> PagedAsync(int limit)
    {
        var ids = new List<string>();
        HistoryCursor? place = null;
        do
        {
            var page = await History.QueryAsync(new HistoryQuery { Limit = limit, Before = place });
            Assert.True(page.Entries.Count <= limit);
            ids.AddRange(page.Entries.Select(e => e.Id));
            place = page.Next is { } next && HistoryCursor.TryParse(next.ToString(), out var read) ? read : null;
            Assert.Equal(page.Next, place);
        }
        while (place is not null);
        return ids;
    }

    private async Task<IReadOnlyList<HistoryEntry>> QueryAsync(HistoryQuery query) => (await History.QueryAsync(query)).Entries;

    private static async Task StoreAsync(JournalHost host, string id, params object[] events) =>
        Assert.IsType<WriterActor.Stored>(await host.AskAsync(id, new WriterActor.Store(events)));

    /// <summary>In the order in which it is written, and a little before that.</summary>
    private DateTimeOffset At(int milliseconds) => _start.AddSeconds(-1).AddMilliseconds(milliseconds);

    private static ServiceDefinition Definition(string name, string password) => new()
    {
        Name = name,
        Command = ["sleep", "60"],
        Env = ImmutableSortedDictionary<string, string>.Empty.Add("DB_PASSWORD", password),
    };
}
