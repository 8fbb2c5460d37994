using System.Text.Json.Nodes;

namespace Ziggie.Persistence.History;

/// <summary>One thing that happened.</summary>
public sealed record HistoryEntry
{
    /// <summary>Unique and constant: <c>e</c> and a number for a service's event, <c>a</c> for what the daemon recorded.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The service's name; null for what concerns none.</summary>
    public string? Service { get; init; }

    /// <summary>A word in snake_case, see <see cref="HistoryKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The user, or <c>daemon</c>; null for a fact that nobody brought about.</summary>
    public string? Who { get; init; }

    /// <summary>From where the user asked; null where it is not known.</summary>
    public string? Address { get; init; }

    /// <summary>A sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The run's number.</summary>
    public long? Run { get; init; }

    public int? Pid { get; init; }

    /// <summary>The exit code.</summary>
    public int? Code { get; init; }

    /// <summary>The signal's name.</summary>
    public string? Signal { get; init; }

    /// <summary>What else belongs to it; never a secret.</summary>
    public JsonObject? Details { get; init; }
}
