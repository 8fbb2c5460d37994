using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>
/// What a person says of a service. The same vocabulary in YAML files, in the API's JSON and in the store; see docs/configuration.md.
/// Made by <see cref="DefinitionReader"/>, which validates it: an instance is always valid in itself.
/// </summary>
public sealed record ServiceDefinition
{
    /// <summary>1 to 100 of <c>a-z 0-9 _ -</c>, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>Up to 500 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Program and arguments; with <see cref="Shell"/> one text for <c>/bin/sh -c</c>.</summary>
    public required ImmutableArray<string> Command { get; init; }

    public bool Shell { get; init; }

    public string? Cwd { get; init; }

    /// <summary>As written: <c>${VAR}</c> is expanded at each start, secrets are in the clear.</summary>
    public ImmutableSortedDictionary<string, string> Env { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Files of <c>KEY=value</c> lines, read at each start; later ones win, <see cref="Env"/> wins over all.</summary>
    public ImmutableArray<string> EnvFile { get; init; } = [];

    public string? User { get; init; }

    /// <summary>0 to 511 (octal 777).</summary>
    public int? Umask { get; init; }

    /// <summary>1 to 65535.</summary>
    public int? Port { get; init; }

    public bool IsSystem { get; init; }

    public ImmutableArray<string> Groups { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public bool Autostart { get; init; }

    /// <summary>Null when not said: then the port, or a grace of one second.</summary>
    public ReadyPolicy? Ready { get; init; }

    /// <summary>Null when not said: then the port, or none; <see cref="Probe.None"/> for none in spite of a port.</summary>
    public HealthPolicy? Health { get; init; }

    public RestartPolicy Restart { get; init; } = RestartPolicy.Default;

    public StopPolicy Stop { get; init; } = StopPolicy.Default;

    public ImmutableSortedDictionary<string, DependencyCondition> DependsOn { get; init; } =
        ImmutableSortedDictionary<string, DependencyCondition>.Empty;

    /// <summary>Whether services that depend on it are restarted after it was started anew.</summary>
    public bool RestartDependents { get; init; }

    public SchedulePolicy? Schedule { get; init; }

    public LimitsPolicy? Limits { get; init; }

    public LogPolicy Logs { get; init; } = LogPolicy.Default;

    /// <summary>The rule in force: as said, or the port, or a grace of one second.</summary>
    public ReadyPolicy EffectiveReady => Ready ?? (Port is null ? ReadyPolicy.DefaultGrace : ReadyPolicy.ByPort);

    /// <summary>Whether a run tells of itself, for which it needs a socket from its launch on.</summary>
    public bool UsesNotifySocket => EffectiveReady.Probe is Probe.Notify || EffectiveHealth?.Probe is Probe.Notify;

    /// <summary>The rule in force: as said, or the port, or none.</summary>
    public HealthPolicy? EffectiveHealth => Health switch
    {
        { Probe: Probe.None } => null,
        null when Port is { } port => HealthPolicy.Tcp(port),
        _ => Health,
    };
}
