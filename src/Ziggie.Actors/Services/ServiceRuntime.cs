using Ziggie.Actors.Live;
using Ziggie.Processes;
using Ziggie.Processes.Notify;
using Ziggie.Processes.Output;

namespace Ziggie.Actors.Services;

/// <summary>What the actors need of the world; the harness puts fakes in their place.</summary>
public sealed record ServiceRuntime
{
    public required IProcessLauncher Launcher { get; init; }

    public required IOutputStore Output { get; init; }

    public required IPorts Ports { get; init; }

    public required IMoments Moments { get; init; }

    public required INetworkProbe Network { get; init; }

    /// <summary>Runs the commands of probes.</summary>
    public required ICommandProbe Commands { get; init; }

    public required INotifySockets Sockets { get; init; }

    /// <summary>What the latest probes saw.</summary>
    public HealthResults Results { get; init; } = new();

    public required ServiceFeed Feed { get; init; }

    public RecoveryFailures Failures { get; init; } = new();

    /// <summary>The daemon's own process, shown as the service <c>control-center-backend</c>.</summary>
    public required ProcessIdentity Daemon { get; init; }

    /// <summary>What services inherit; read anew at each launch.</summary>
    public required Func<IReadOnlyDictionary<string, string>> Environment { get; init; }

    /// <summary>False for a program that only changes definitions: then nothing is started, taken back or stopped.</summary>
    public bool RunsServices { get; init; } = true;

    public Func<string, string> ReadFile { get; init; } = TextFiles.Read;
}
