using System.Text.Json;
using LinqToDB.Mapping;
using Ziggie.Actors;

namespace Ziggie.Persistence.Tables;

/// <summary>A row of the table <c>services</c>: what the API's list shows, for anyone who reads the database.</summary>
[Table("services")]
internal sealed class ServiceRow
{
    [Column("id"), PrimaryKey] public int Id { get; set; }
    [Column("name")] public string Name { get; set; } = "";
    [Column("description")] public string? Description { get; set; }
    [Column("status")] public string Status { get; set; } = "";
    [Column("health")] public string Health { get; set; } = "";
    [Column("port")] public int? Port { get; set; }
    [Column("pid")] public int? Pid { get; set; }
    [Column("command")] public string Command { get; set; } = "";
    [Column("cwd")] public string? Cwd { get; set; }
    [Column("is_system")] public bool IsSystem { get; set; }
    [Column("created_at")] public DateTimeOffset CreatedAt { get; set; }
    [Column("updated_at")] public DateTimeOffset UpdatedAt { get; set; }

    public static ServiceRow From(ServiceView view) => new()
    {
        Id = view.Id,
        Name = view.Name,
        Description = view.Definition.Description,
        Status = Word(view.Status),
        Health = Word(view.Health),
        Port = view.Definition.Port,
        Pid = view.Pid,
        Command = CommandText.Of(view.Definition),
        Cwd = view.Definition.Cwd,
        IsSystem = view.Definition.IsSystem,
        // PostgreSQL takes no other offset.
        CreatedAt = view.CreatedAt.ToUniversalTime(),
        UpdatedAt = view.UpdatedAt.ToUniversalTime(),
    };

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
