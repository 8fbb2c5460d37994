using LinqToDB.Mapping;

namespace Ziggie.Persistence.History;

/// <summary>A row of the table <c>positions</c>: how far somebody has read the journal.</summary>
[Table("positions")]
internal sealed class PositionRow
{
    [Column("name"), PrimaryKey] public string Name { get; set; } = "";
    [Column("position")] public long Position { get; set; }
}
