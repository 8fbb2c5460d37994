namespace Ziggie.Api.Config;

/// <summary>Listens for changes of files and of what patterns stand for. Where the system has no more watches, it goes without.</summary>
internal sealed class FolderWatch(Action changed, ILogger log) : IDisposable
{
    private readonly Dictionary<(string Folder, string Filter), FileSystemWatcher> _watchers = [];

    /// <summary>From now on these, and no others.</summary>
    public void Watch(IEnumerable<string> files, IEnumerable<string> patterns)
    {
        var folders = patterns.Select(p => WatchPlaces.Of(DiskFiles.Split(p).Folder)).ToList();
        var wanted = files.SelectMany(f => WatchPlaces.Of(f).All)
            .Concat(folders.SelectMany(f => f.All)).Concat(folders.Select(f => (Folder: f.Real, Filter: "*")))
            .Where(w => Directory.Exists(w.Folder)).ToHashSet();
        foreach (var old in _watchers.Keys.Except(wanted).ToList())
        {
            _watchers.Remove(old, out var watcher);
            watcher!.Dispose();
        }

        foreach (var added in wanted.Except(_watchers.Keys).ToList())
        {
            if (Begin(added.Folder, added.Filter) is { } watcher) _watchers[added] = watcher;
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values) watcher.Dispose();
        _watchers.Clear();
    }

    private FileSystemWatcher? Begin(string folder, string filter)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder, filter)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
                IncludeSubdirectories = filter == "*",
            };
            watcher.Changed += (_, _) => changed();
            watcher.Created += (_, _) => changed();
            watcher.Deleted += (_, _) => changed();
            watcher.Renamed += (_, _) => changed();
            watcher.Error += (_, _) => changed();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            log.LogInformation("Changes in {Folder} are found by looking from time to time: {Why}", folder, e.Message);
            watcher?.Dispose();
            return null;
        }
    }
}
