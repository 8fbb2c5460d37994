using LinqToDB.Mapping;

namespace Ziggie.Persistence.Portable;

/// <summary>A row of the snapshots as it goes from one store to another.</summary>
[Table("snapshot")]
internal sealed class SnapshotRecord
{
    [Column("persistence_id"), PrimaryKey(1)] public string PersistenceId { get; set; } = "";
    [Column("sequence_number"), PrimaryKey(2)] public long SequenceNumber { get; set; }
    [Column("created")] public long Created { get; set; }
    [Column("snapshot")] public byte[] Snapshot { get; set; } = [];
    [Column("manifest")] public string Manifest { get; set; } = "";
    [Column("serializer_id")] public int SerializerId { get; set; }
}
