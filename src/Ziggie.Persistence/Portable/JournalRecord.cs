using LinqToDB.Mapping;

namespace Ziggie.Persistence.Portable;

/// <summary>A row of the journal as it goes from one store to another; its number is the new store's affair.</summary>
[Table("journal")]
internal sealed class JournalRecord
{
    [Column("ordering"), PrimaryKey, Identity] public long Ordering { get; set; }
    [Column("created")] public long Created { get; set; }
    [Column("deleted")] public bool Deleted { get; set; }
    [Column("persistence_id")] public string PersistenceId { get; set; } = "";
    [Column("sequence_number")] public long SequenceNumber { get; set; }
    [Column("message")] public byte[] Message { get; set; } = [];
    [Column("tags")] public string? Tags { get; set; }
    [Column("manifest")] public string Manifest { get; set; } = "";
    [Column("identifier")] public int Identifier { get; set; }
    [Column("writer_uuid")] public string? WriterUuid { get; set; }
}
