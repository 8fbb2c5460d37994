using System.Text.Json.Nodes;
using LinqToDB.Mapping;

namespace Ziggie.Persistence.History;

/// <summary>A row of the table <c>audit</c>.</summary>
[Table("audit")]
internal sealed class AuditRow
{
    [Column("id"), PrimaryKey, Identity] public long Id { get; set; }

    /// <summary>In ticks of UTC, as the journal has it.</summary>
    [Column("created")] public long Created { get; set; }
    [Column("kind")] public string Kind { get; set; } = "";
    [Column("who")] public string? Who { get; set; }
    [Column("address")] public string? Address { get; set; }
    [Column("service")] public string? Service { get; set; }
    [Column("message")] public string Message { get; set; } = "";
    [Column("details")] public string? Details { get; set; }

    public HistoryCursor Place => new(Created, IsAudit: true, Id);

    public static AuditRow From(AuditEntry entry) => new()
    {
        Created = entry.At.UtcTicks,
        Kind = entry.Kind,
        Who = entry.Who,
        Address = entry.Address,
        Service = entry.Service,
        Message = entry.Message,
        Details = entry.Details?.ToJsonString(),
    };

    public HistoryEntry ToEntry() => new()
    {
        Id = FormattableString.Invariant($"a{Id}"),
        At = new DateTimeOffset(Created, TimeSpan.Zero),
        Kind = Kind,
        Who = Who,
        Address = Address,
        Service = Service,
        Message = Message,
        Details = Details is null ? null : JsonNode.Parse(Details)?.AsObject(),
    };
}
