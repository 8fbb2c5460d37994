using Akka.Actor.Setup;

namespace Ziggie.Persistence.Journal;

/// <summary>Tells the journal, which Akka makes, where the store is.</summary>
internal sealed class StoreReadSetup(PersistenceOptions options) : Setup
{
    public PersistenceOptions Options => options;
}
