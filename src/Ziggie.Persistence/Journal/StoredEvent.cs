using Akka.Persistence;
using Akka.Serialization;

namespace Ziggie.Persistence.Journal;

/// <summary>A row of the journal, as it is written.</summary>
/// <param name="Created">In ticks of UTC.</param>
/// <param name="PersistenceId">Whose event it is.</param>
/// <param name="Sequence">From 1 on, for each of them.</param>
/// <param name="Message">The event.</param>
/// <param name="Manifest">Its constant name.</param>
/// <param name="Serializer">The number of who wrote it.</param>
internal sealed record StoredEvent(long Created, string PersistenceId, long Sequence, byte[] Message, string Manifest, int Serializer)
{
    /// <exception cref="Exception">The event has no name in the store.</exception>
    public static StoredEvent Of(IPersistentRepresentation representation, long now, Akka.Serialization.Serialization serialization)
    {
        var payload = representation.Payload;
        var serializer = (SerializerWithStringManifest)serialization.FindSerializerForType(payload.GetType(), "ziggie");
        return new StoredEvent(
            representation.Timestamp == 0 ? now : representation.Timestamp, representation.PersistenceId, representation.SequenceNr,
            serializer.ToBinary(payload), serializer.Manifest(payload), serializer.Identifier);
    }
}
