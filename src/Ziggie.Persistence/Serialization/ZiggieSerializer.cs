using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Ziggie.Persistence.Serialization;

/// <summary>Writes and reads events and snapshots as JSON under constant names. What is not in <see cref="StoredTypes"/> is refused.</summary>
public sealed class ZiggieSerializer : SerializerWithStringManifest
{
    /// <summary>Stored with each event; never to be changed.</summary>
    public const int Id = 54112;

    private readonly StoredFormat _format;

    public ZiggieSerializer(ExtendedActorSystem system) : base(system) => _format = StoredFormat.Current;

    internal ZiggieSerializer(ExtendedActorSystem system, IEnumerable<IUpcaster> upcasters) : base(system) =>
        _format = new StoredFormat(upcasters);

    public override int Identifier => Id;

    public override string Manifest(object o) => Find(o).Manifest;

    public override byte[] ToBinary(object obj) => Find(obj).Write(obj);

    public override object FromBinary(byte[] bytes, string manifest) => _format.Read(bytes, manifest);

    private static StoredType Find(object o) =>
        StoredTypes.ByType.TryGetValue(o.GetType(), out var type)
            ? type
            : throw new SerializationException($"{o.GetType()} has no name in the store: add it to {nameof(StoredTypes)}.");
}
