namespace Ziggie.Api.Contracts;

/// <param name="File">Its name in the folder of backups.</param>
/// <param name="SizeBytes">Of the file.</param>
/// <param name="CreatedAt">In UTC.</param>
internal sealed record BackupBody(string File, long SizeBytes, DateTime CreatedAt);

internal sealed record BackupAnswer(bool Success, BackupBody Backup);

/// <param name="Success">True.</param>
/// <param name="Backups">Newest first.</param>
internal sealed record BackupListAnswer(bool Success, IReadOnlyList<BackupBody> Backups);
