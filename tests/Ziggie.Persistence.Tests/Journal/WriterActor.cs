using Akka.Actor;
using Akka.Persistence;

namespace Ziggie.Persistence.Tests.Journal;

/// <summary>Stores whatever it is told to, and tells what came back.</summary>
internal sealed class WriterActor : ReceivePersistentActor
{
    private readonly List<object> _recovered = [];

    public WriterActor(string id)
    {
        PersistenceId = id;
        Recover<SnapshotOffer>(offer => _recovered.Add(offer.Snapshot));
        RecoverAny(e => { if (e is not RecoveryCompleted) _recovered.Add(e); });
        Command<GetRecovered>(_ => Sender.Tell(new Recovered([.. _recovered])));
        Command<Store>(Write);
        Command<StoreAndStop>(store =>
        {
            PersistAll(store.Events, _ => { });
            Context.Stop(Self);
        });
        Command<StoreSnapshot>(Write);
    }

    public override string PersistenceId { get; }

    public static Props For(string id) => Props.Create(() => new WriterActor(id));

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Sender.Tell(new Refused(cause.Message));

    // Akka stops the actor after this.
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Sender.Tell(new Failed(cause.Message));

    private void Write(Store store)
    {
        var (asked, left) = (Sender, store.Events.Count);
        PersistAll(store.Events, _ => { if (--left == 0) asked.Tell(new Stored()); });
    }

    private void Write(StoreSnapshot store)
    {
        var asked = Sender;
        SaveSnapshot(store.Snapshot);
        BecomeStacked(() =>
        {
            Command<SaveSnapshotSuccess>(_ => { UnbecomeStacked(); asked.Tell(new Stored()); });
            Command<SaveSnapshotFailure>(f => { UnbecomeStacked(); asked.Tell(new Refused(f.Cause.Message)); });
        });
    }

    internal sealed record Store(IReadOnlyList<object> Events);

    internal sealed record StoreAndStop(IReadOnlyList<object> Events);

    internal sealed record StoreSnapshot(object Snapshot);

    internal sealed record Stored;

    internal sealed record Refused(string Why);

    internal sealed record Failed(string Why);

    internal sealed record GetRecovered;

    internal sealed record Recovered(IReadOnlyList<object> Things);
}
