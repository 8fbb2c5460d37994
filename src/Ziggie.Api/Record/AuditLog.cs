using System.Text.Json.Nodes;
using Ziggie.Api.Http;
using Ziggie.Dashboard.Access;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Record;

/// <summary>
/// Records for the history what the services' own events do not tell: who signed in, who changed users. What has been done is not undone
/// because it could not be recorded; that goes to the daemon's log.
/// </summary>
internal sealed class AuditLog(IAudit audit, TimeProvider time, ILogger<AuditLog> log)
{
    public const string Daemon = "daemon";

    /// <summary>Something that a client did.</summary>
    /// <param name="context">Tells from where, and who if that is not said.</param>
    /// <param name="kind">One of <see cref="AuditKinds"/>.</param>
    /// <param name="message">A sentence, without secrets.</param>
    /// <param name="who">Who it is, when the request does not tell.</param>
    /// <param name="service">The service that it concerns.</param>
    /// <param name="details">What else belongs to it, without secrets.</param>
    public Task ByClientAsync(
        HttpContext context, string kind, string message, string? who = null, string? service = null, JsonObject? details = null) =>
        RecordAsync(new AuditEntry(kind, message)
        {
            At = time.GetUtcNow(),
            Who = who ?? context.UserName(),
            Address = context.ClientAddress(),
            Service = service,
            Details = details,
        });

    /// <summary>Something that the daemon did by itself.</summary>
    public Task ByDaemonAsync(string kind, string message, JsonObject? details = null) => ByAsync(Daemon, kind, message, details);

    /// <summary>Something that a person did, through the API or a page.</summary>
    public Task ByAsync(Doer by, string kind, string message, JsonObject? details = null) =>
        RecordAsync(new AuditEntry(kind, message) { At = time.GetUtcNow(), Who = by.Name, Address = by.Address, Details = details });

    /// <summary>Something of which it is known who did it, but not from where.</summary>
    public Task ByAsync(string who, string kind, string message, JsonObject? details = null) =>
        RecordAsync(new AuditEntry(kind, message) { At = time.GetUtcNow(), Who = who, Details = details });

    private async Task RecordAsync(AuditEntry entry)
    {
        try
        {
            await audit.RecordAsync(entry);
        }
        catch (Exception e)
        {
            log.LogError(e, "The history lacks an entry, which the store did not take: {Kind} by {Who}: {Message}",
                entry.Kind, entry.Who, entry.Message);
        }
    }
}
