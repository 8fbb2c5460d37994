using Ziggie.Actors.Domain;
using Ziggie.Persistence.Tests.Serialization;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Journal;

/// <summary>What the journal and the snapshot store do on every database.</summary>
internal static class JournalContract
{
    public static async Task HoldsAsync(PersistenceOptions options)
    {
        IReadOnlyList<object> events = [.. Samples.All.Values.Where(o => o is IServiceEvent)];
        await using (var first = await JournalHost.StartAsync(options))
        {
            Assert.IsType<WriterActor.Stored>(await first.AskAsync("a", new WriterActor.Store(events)));
            Assert.IsType<WriterActor.Stored>(await first.AskAsync("b", new WriterActor.Store([events[1]])));
            Assert.IsType<WriterActor.Stored>(await first.AskAsync("b", new WriterActor.StoreSnapshot(Samples.State)));
            Assert.IsType<WriterActor.Stored>(await first.AskAsync("b", new WriterActor.Store([events[2]])));

            // What has no name in the store is refused; what is stored after it is stored as if it had never been.
            var refused = Assert.IsType<WriterActor.Refused>(await first.AskAsync("c", new WriterActor.Store([new Unregistered("x")])));
            Assert.Contains(nameof(Unregistered), refused.Why);
            Assert.IsType<WriterActor.Refused>(await first.AskAsync("c", new WriterActor.StoreSnapshot(new Unregistered("x"))));
            Assert.IsType<WriterActor.Refused>(await first.AskAsync("c", new WriterActor.Store([new UnregisteredEvent(Views.Noon)])));
            Assert.IsType<WriterActor.Stored>(await first.AskAsync("c", new WriterActor.Store([events[1]])));
        }

        await using var second = await JournalHost.StartAsync(options);
        Assert.Equivalent(events, await RecoveredAsync(second, "a"), strict: true);
        Assert.Equivalent(new[] { Samples.State, events[2] }, await RecoveredAsync(second, "b"), strict: true);
        Assert.Equivalent(new[] { events[1] }, await RecoveredAsync(second, "c"), strict: true);
    }

    public static async Task<IReadOnlyList<object>> RecoveredAsync(JournalHost host, string id) =>
        Assert.IsType<WriterActor.Recovered>(await host.AskAsync(id, new WriterActor.GetRecovered())).Things;

    /// <summary>Of no family that the store knows.</summary>
    private sealed record Unregistered(string Text);

    /// <summary>Of a family that the store knows, but without a name there.</summary>
    private sealed record UnregisteredEvent(DateTimeOffset At) : IServiceEvent;
}
