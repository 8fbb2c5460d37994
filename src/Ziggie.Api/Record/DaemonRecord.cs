using System.Text.Json.Nodes;
using Ziggie.Api.CommandLine;
using Ziggie.Api.Handover;
using Ziggie.Api.Hosting;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Record;

/// <summary>Records each start and end of the daemon, and that the one before ended without a word.</summary>
internal sealed class DaemonRecord(AuditLog log, IAudit audit, IServiceProvider services) : IHostedService
{
    private static readonly string[] Kinds =
    [
        AuditKinds.DaemonStarted, AuditKinds.DaemonStopped, AuditKinds.DaemonHandedOver, AuditKinds.DaemonDied, AuditKinds.BackupRestored,
        AuditKinds.Imported,
    ];

    private bool _isRecorded;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var last = await audit.LastAsync(Kinds, cancellationToken);
        if (last is { Kind: AuditKinds.DaemonStarted })
        {
            var pid = last.Details?["pid"]?.GetValue<int>();
            await log.ByDaemonAsync(AuditKinds.DaemonDied,
                $"The daemon before this one (PID {pid}) ended without a word: it was killed, crashed, or the machine went down.",
                new JsonObject { ["pid"] = pid });
        }
        await log.ByDaemonAsync(AuditKinds.DaemonStarted, $"The daemon started with PID {Environment.ProcessId}.",
            new JsonObject { ["pid"] = Environment.ProcessId, ["version"] = Usage.Version });
        _isRecorded = true;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_isRecorded) return Task.CompletedTask;
        var details = new JsonObject { ["pid"] = Environment.ProcessId };
        var status = services.GetService<DaemonStatus>();
        return status is { HandsOver: true }
            ? log.ByDaemonAsync(AuditKinds.DaemonHandedOver, $"The daemon handed over to PID {services.GetService<DaemonControl>()?.NextPid}.", details)
            : log.ByDaemonAsync(AuditKinds.DaemonStopped, status?.Why is { } why
                ? $"The daemon stopped: {why}."
                : "The daemon stopped.", details);
    }
}
