using System.Globalization;
using Ziggie.Api.Hosting;
using Ziggie.Persistence;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Store;

namespace Ziggie.Api.Backups;

/// <summary><c>restore</c>: puts a backup in the store's place while no daemon holds the home; the store that was there is kept.</summary>
internal static class RestoreCommand
{
    public const string Latest = "latest";

    /// <summary>What lists instead of restoring.</summary>
    public const string List = "--list";

    /// <param name="wanted">A path, the name of a backup, <see cref="Latest"/> or <see cref="List"/>.</param>
    /// <param name="settings">As for the daemon.</param>
    /// <param name="console">Says what was done.</param>
    public static async Task<int> RunAsync(string wanted, string[] settings, TextWriter console)
    {
        var configuration = ZiggieHost.SettingsOf(settings);
        var home = ZiggieHome.Resolve(configuration);
        var store = StoreStartup.Options(new DaemonContext(configuration, home, new DaemonRole(RunsServices: false)));
        var backups = new StoreBackup(store);
        if (wanted is List) return await ListAsync(backups, console);
        home.Create();
        using var held = HomeLock.Acquire(home);
        try
        {
            var backup = Find(wanted, backups);
            var aside = await backups.RestoreAsync(backup);
            await StoreSetup.PrepareAsync(store);
            var restored = $"The backup {Path.GetFileName(backup)}{MadeAt(backup)}, was restored.";
            await AuditStore.Of(store).RecordAsync(new AuditEntry(AuditKinds.BackupRestored, restored)
            {
                At = DateTimeOffset.UtcNow,
                Who = Environment.UserName,
            });
            await console.WriteLineAsync($"Restored {backup}{MadeAt(backup)}.");
            if (aside is not null) await console.WriteLineAsync($"The store that was there is now {aside}; delete it when it is needed no more.");
            await console.WriteLineAsync("Start the daemon now. Of services that were started after the backup was made it knows nothing: end those by hand.");
            return ExitCodes.Ok;
        }
        catch (StoreException e)
        {
            throw new StartRefusedException(ExitCodes.Store, e.Message);
        }
    }

    private static string Find(string wanted, StoreBackup backups)
    {
        if (wanted is not Latest) return File.Exists(wanted) || wanted.Contains('/') ? Path.GetFullPath(wanted) : Path.Combine(backups.Folder, wanted);
        return backups.List() is [var newest, ..]
            ? newest
            : throw new StoreException(StoreProblem.BackupInvalid, $"There is no backup in {backups.Folder}.");
    }

    private static async Task<int> ListAsync(StoreBackup backups, TextWriter console)
    {
        var all = backups.List();
        foreach (var backup in all)
        {
            var size = new FileInfo(backup).Length.ToString(CultureInfo.InvariantCulture);
            await console.WriteLineAsync($"{Path.GetFileName(backup)}{MadeAt(backup)}, {size} bytes");
        }

        if (all.Count == 0) await console.WriteLineAsync($"There is no backup in {backups.Folder}.");
        return ExitCodes.Ok;
    }

    private static string MadeAt(string backup) => StoreBackup.TimeOf(backup) is { } time
        ? string.Create(CultureInfo.InvariantCulture, $", made at {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
        : "";
}
