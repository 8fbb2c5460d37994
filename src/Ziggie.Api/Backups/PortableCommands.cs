using Ziggie.Api.Hosting;
using Ziggie.Persistence;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Portable;
using Ziggie.Persistence.Store;

namespace Ziggie.Api.Backups;

/// <summary><c>export</c> and <c>import</c>: the whole store as one file, from any kind of store into any other.</summary>
internal static class PortableCommands
{
    /// <summary>Also while a daemon uses the store.</summary>
    public static async Task<int> ExportAsync(string file, string[] settings, TextWriter console)
    {
        var (home, store) = Open(settings);
        home.Create();
        try
        {
            // Under a daemon the store is up to date already.
            using (var held = HomeLock.TryAcquire(home))
            {
                if (held is not null) await StoreSetup.PrepareAsync(store);
            }
            var path = Path.GetFullPath(file);
            if (File.Exists(path)) throw new StartRefusedException(ExitCodes.Failed, $"The file {path} is there already, and an export replaces none: name another file, or remove that one.");
            await using var target = PortableFile.Create(path);
            PortableManifest manifest;
            try
            {
                manifest = await new PortableStore(new StoreConnections(store)).ExportAsync(target, DateTimeOffset.UtcNow);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
            await AuditStore.Of(store).RecordAsync(Entry(AuditKinds.Exported, $"The store was exported to {path}."));
            await console.WriteLineAsync(
                $"Exported {Count(manifest)} to {path}. It holds secrets and password hashes: keep it as safe as the home.");
            return ExitCodes.Ok;
        }
        catch (StoreException e)
        {
            throw new StartRefusedException(ExitCodes.Store, e.Message);
        }
        catch (DirectoryNotFoundException)
        {
            throw new StartRefusedException(ExitCodes.Failed, $"The file {file} cannot be written: make its folder first, or name another.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(ExitCodes.Failed, $"The file {file} cannot be written: {e.Message}");
        }
    }

    /// <summary>Into an empty store that no daemon holds.</summary>
    public static async Task<int> ImportAsync(string file, string[] settings, TextWriter console)
    {
        var (home, store) = Open(settings);
        try
        {
            await using var source = File.OpenRead(file);
            home.Create();
            using var held = HomeLock.Acquire(home);
            await StoreSetup.PrepareAsync(store);
            var manifest = await new PortableStore(new StoreConnections(store)).ImportAsync(source);
            await AuditStore.Of(store).RecordAsync(Entry(AuditKinds.Imported,
                FormattableString.Invariant($"What was exported at {manifest.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC was imported.")));
            await console.WriteLineAsync(
                $"Imported {Count(manifest)}. End the daemon that it came from before you start this one, or both run the same services.");
            return ExitCodes.Ok;
        }
        catch (StoreException e)
        {
            throw new StartRefusedException(ExitCodes.Store, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(ExitCodes.Failed, $"The file {file} cannot be read: {e.Message}");
        }
    }

    private static (ZiggieHome Home, PersistenceOptions Store) Open(string[] settings)
    {
        var configuration = ZiggieHost.SettingsOf(settings);
        var home = ZiggieHome.Resolve(configuration);
        return (home, StoreStartup.Options(new DaemonContext(configuration, home, new DaemonRole(RunsServices: false))));
    }

    private static AuditEntry Entry(string kind, string message) =>
        new(kind, message) { At = DateTimeOffset.UtcNow, Who = Environment.UserName };

    private static string Count(PortableManifest manifest) =>
        $"{PortableManifest.Count(manifest.Events, "event")}, {PortableManifest.Count(manifest.Users, "user")} and {PortableManifest.Count(manifest.Audit, "record")}";
}
