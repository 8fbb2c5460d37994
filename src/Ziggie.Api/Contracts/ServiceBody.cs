using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.Contracts;

/// <summary>One service as the API shows it. Times are UTC.</summary>
internal record ServiceBody
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>stopped, running or failed.</summary>
    public required string Status { get; init; }

    /// <summary>unknown, healthy or unhealthy.</summary>
    public required string Health { get; init; }
    public int? Pid { get; init; }
    public int? Port { get; init; }
    public bool IsSystem { get; init; }

    /// <summary>Where the definition comes from: api, seed, file:PATH or apply:SOURCE.</summary>
    public required string Origin { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; init; }

    /// <summary>stopped, waiting, starting, running, stopping, backoff, completed or failed.</summary>
    public required string Phase { get; init; }

    /// <summary>Why the phase is what it is.</summary>
    public string? Reason { get; init; }

    /// <summary>What the service last said of itself by sd_notify's STATUS=.</summary>
    public string? StatusText { get; init; }

    /// <summary>What the probe saw that decided on the health.</summary>
    public string? HealthMessage { get; init; }

    /// <summary>up or down.</summary>
    public required string Desired { get; init; }
    public bool Ready { get; init; }

    /// <summary>Of the process that runs, by a clock that only goes forward.</summary>
    public double? UptimeSeconds { get; init; }
    public DateTime? StartedAt { get; init; }
    public LastExitBody? LastExit { get; init; }
    public int Restarts { get; init; }
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Of one core, over the whole tree; null until it is measured.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>Resident, of the whole tree; null until it is measured.</summary>
    public long? MemoryBytes { get; init; }
    public DateTime? NextRestartAt { get; init; }

    /// <summary>The next moment that its schedule names; null without a schedule.</summary>
    public DateTime? NextRunAt { get; init; }

    /// <summary>The process was launched by an older definition, and a change in it takes effect with the next start alone.</summary>
    public bool RestartRequired { get; init; }

    /// <summary>Who keeps its limits of memory and processor; left out when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LimitKeepers? LimitsBy { get; init; }

    public static ServiceBody From(ServiceView view, LiveFigures figures) => Fill(view, figures, figures.Usage.Of(view));

    private protected static ServiceBody Fill(ServiceView view, LiveFigures figures, RunUsage? usage) => new()
    {
        Id = view.Id,
        Name = view.Name,
        Description = view.Definition.Description,
        Status = Words.Of(view.Status),
        Health = Words.Of(view.Health),
        Pid = view.Pid,
        Port = view.Definition.Port,
        IsSystem = view.Definition.IsSystem,
        Origin = view.Origin,
        CreatedAt = view.CreatedAt.UtcDateTime,
        UpdatedAt = view.UpdatedAt.UtcDateTime,
        Phase = Words.Of(view.Phase),
        Reason = view.Reason,
        StatusText = view.StatusText,
        HealthMessage = view.HealthMessage,
        Desired = Words.Of(view.Desired),
        Ready = view.Ready,
        UptimeSeconds = view.UptimeAt(figures.SinceBoot) is { } uptime ? Math.Max(0, Math.Round(uptime.TotalSeconds, 3)) : null,
        StartedAt = view.StartedAt?.UtcDateTime,
        LastExit = view.LastExit is { } exit
            ? new LastExitBody(exit.Code, exit.Signal is { } signal ? SignalNames.NameOf(signal) : null, exit.At.UtcDateTime)
            : null,
        Restarts = view.Restarts,
        Groups = view.Groups,
        CpuPercent = usage?.CpuPercent,
        MemoryBytes = usage?.MemoryBytes,
        NextRestartAt = view.NextRestartAt?.UtcDateTime,
        NextRunAt = view.NextRunAt?.UtcDateTime,
        RestartRequired = view.RestartRequired,
        LimitsBy = figures.Limits.For(view.Definition.Limits),
    };
}

/// <summary>How the last run ended: a code, or the name of a signal, or neither when nobody knows.</summary>
internal sealed record LastExitBody(int? Code, string? Signal, DateTime At);

/// <summary>The answer about one service: its fields beside <c>success</c>.</summary>
internal sealed record ServiceAnswer : ServiceBody
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ServiceAnswer(ServiceView view, LiveFigures figures, JsonObject? definition = null, IReadOnlyList<HealthResultBody>? results = null)
        : base(From(view, figures)) => (Definition, HealthResults) = (definition, results);

    [JsonPropertyOrder(-1)]
    public bool Success => true;

    /// <summary>Every key of the definition with the value in force; secrets are masked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(1)]
    public JsonObject? Definition { get; }

    /// <summary>The latest results of its probes, oldest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(2)]
    public IReadOnlyList<HealthResultBody>? HealthResults { get; }
}

/// <param name="At">When the probe ended.</param>
/// <param name="Kind">ready or health.</param>
/// <param name="Success">Whether it was well.</param>
/// <param name="LatencyMs">How long it took.</param>
/// <param name="Message">What was seen.</param>
internal sealed record HealthResultBody(DateTime At, string Kind, bool Success, double LatencyMs, string Message)
{
    public static HealthResultBody From(HealthResult result) => new(
        result.At.UtcDateTime, result.ForReadiness ? "ready" : "health", result.IsSuccess, Math.Round(result.Latency.TotalMilliseconds, 2), result.Message);
}
