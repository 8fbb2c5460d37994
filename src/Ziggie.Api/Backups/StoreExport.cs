using System.Data.Common;
using Ziggie.Api.Hosting;
using Ziggie.Api.Http;
using Ziggie.Api.Record;
using Ziggie.Dashboard.Access;
using Ziggie.Persistence;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Portable;

namespace Ziggie.Api.Backups;

/// <summary>Hands out the whole store as one file, to programs and to browsers.</summary>
internal sealed class StoreExport(PortableStore store, ZiggieHome home, AuditLog audit, TimeProvider time)
{
    public async Task<IResult> AnswerAsync(Doer by, CancellationToken aborted)
    {
        var now = time.GetUtcNow();
        // First into a file that nobody else can read: what fails on the way is then an error, and not half an answer.
        var file = PortableFile.Create(Path.Combine(home.Run, $"export-{Guid.NewGuid():N}"), FileOptions.DeleteOnClose);
        try
        {
            await store.ExportAsync(file, now, aborted);
        }
        catch (Exception e)
        {
            await file.DisposeAsync();
            if (e is StoreException or DbException) return Problems.Create(503, "backup_failed", e.Message).Result();
            throw;
        }

        await audit.ByAsync(by, AuditKinds.Exported, "The store was exported.");
        file.Position = 0;
        return TypedResults.Stream(file, "application/zip", FormattableString.Invariant($"ziggie-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.zip"));
    }
}
