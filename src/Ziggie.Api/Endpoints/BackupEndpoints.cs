using Microsoft.AspNetCore.Mvc;
using Ziggie.Api.Auth;
using Ziggie.Api.Backups;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Api.Record;
using Ziggie.Persistence;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Store;

namespace Ziggie.Api.Endpoints;

/// <summary>Backups of the store.</summary>
internal static class BackupEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("backup", CreateAsync).RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Daemon)
            .Describe("CreateBackup", "Makes a backup of the store now", "One is made each day as well; the last 7 are kept. SQLite only.")
            .Answers<BackupAnswer>(200, Examples.Backup).Refuses(401, 403, 429, 500, 503);

        api.MapGet("backup", List).RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("ListBackups", "Lists the backups, newest first")
            .Answers<BackupListAnswer>(200, Examples.BackupList).Refuses(401, 403, 429, 500);

        api.MapGet("backup/export", ExportAsync).RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Daemon)
            .Describe("Export", "Downloads definitions, users and history as one file",
                "'Ziggie.Api import FILE' fills an empty store with it, SQLite or PostgreSQL. It holds secrets and password hashes.")
            .Produces(200, contentType: "application/zip").Refuses(401, 403, 429, 500, 503);

        api.MapPost("restore", Refuse).RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Daemon)
            .Describe("Restore", "Says how to restore a backup", "A store cannot be replaced under the daemon that uses it.")
            .Refuses(401, 403, 409, 429, 500);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, [FromServices] StoreBackup backups, AuditLog audit, CancellationToken aborted)
    {
        try
        {
            var file = await backups.CreateAsync(aborted);
            await audit.ByClientAsync(context, AuditKinds.BackupCreated, $"The backup {Path.GetFileName(file)} was made.");
            return TypedResults.Json(new BackupAnswer(true, Shown(new FileInfo(file))), ApiJson.Web.BackupAnswer);
        }
        catch (StoreException e)
        {
            return Problems.Create(503, "backup_failed", e.Message).Result();
        }
    }

    private static Task<IResult> ExportAsync(HttpContext context, [FromServices] StoreExport export, CancellationToken aborted) =>
        export.AnswerAsync(context.Doer(), aborted);

    private static IResult List([FromServices] StoreBackup backups) => TypedResults.Json(
        new BackupListAnswer(true, [.. backups.List().Select(path => new FileInfo(path)).Where(file => file.Exists).Select(Shown)]),
        ApiJson.Web.BackupListAnswer);

    private static IResult Refuse() => Problems.Conflict(
        "Restore needs the daemon stopped: stop it, run 'Ziggie.Api restore FILE' (GET /api/backup lists the files), and start it again.").Result();

    private static BackupBody Shown(FileInfo file) =>
        new(file.Name, file.Length, (StoreBackup.TimeOf(file.Name) ?? file.LastWriteTimeUtc).UtcDateTime);
}
