using System.Text.Json.Serialization;

namespace Ziggie.Api.Contracts;

/// <summary>Every error, as RFC 9457 has it, with a stable code for programs.</summary>
internal sealed record Problem
{
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }
    public required int Status { get; init; }
    public bool Success => false;

    /// <summary>What is wrong and what to do, for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>snake_case.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong with each field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>What is wrong with a set of definitions, each with its place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConfigErrorBody>? DefinitionErrors { get; init; }

    /// <summary>The last lines that a service printed before its start failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Logs { get; init; }

    /// <summary>Under which the daemon's log has more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>For the header of that name.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }
}
