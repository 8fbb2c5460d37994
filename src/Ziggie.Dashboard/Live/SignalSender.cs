using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Ziggie.Actors;
using Ziggie.Persistence.History;
using Ziggie.Processes;

namespace Ziggie.Dashboard.Live;

/// <summary>Sends signals, and records that it did: no event of the service tells of it.</summary>
public sealed class SignalSender(ServiceCommander commander, IServiceControl control, IAudit audit, TimeProvider time, ILogger<SignalSender> log)
{
    public Task SendAsync(string service, int signal, bool wholeTree) => commander.DoAsync(service, async by =>
    {
        var reply = await control.SignalAsync(service, signal, wholeTree, by);
        if (reply is CommandReply.Done done) await RecordAsync(service, signal, wholeTree, by, done.Message);
        return reply;
    });

    private async Task RecordAsync(string service, int signal, bool wholeTree, string by, string message)
    {
        try
        {
            await audit.RecordAsync(new AuditEntry(AuditKinds.SignalSent, message)
            {
                At = time.GetUtcNow(),
                Who = by,
                Service = service,
                Details = new JsonObject { ["signal"] = SignalNames.NameOf(signal), ["whole_tree"] = wholeTree },
            });
        }
        catch (Exception e)
        {
            // The signal has been sent, whatever the store says.
            log.LogError(e, "The history lacks that {Who} sent {Signal} to {Service}", by, signal, service);
        }
    }
}
