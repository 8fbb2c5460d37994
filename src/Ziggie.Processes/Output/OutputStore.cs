using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ziggie.Processes.Output.Linux;
using Ziggie.Processes.Output.Portable;

namespace Ziggie.Processes.Output;

/// <summary>
/// Logs in <c>LOGS/NAME/</c>. A separate standard error is opened as "NAME.err" and goes to <c>LOGS/NAME/stderr/</c>. What is in the
/// files survives this process at any instant. On Linux there are FIFOs at <c>RUN/NAME.out</c>, and what is in one survives as long as the
/// service or one of its children lives.
/// </summary>
public sealed partial class OutputStore : IOutputStore
{
    private static readonly TimeSpan AgeCheck = TimeSpan.FromMinutes(10);

    private readonly string _runFolder;
    private readonly string _logFolder;
    private readonly TimeProvider _clock;
    private readonly Action<string, string> _report;
    private readonly OutputTuning _tuning;
    private readonly LogKeeper _keeper;
    private readonly IOutputWay _way;
    private readonly ITimer _ageTimer;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ILogChannel Channel, LogLimits Limits)> _channels = [];
    private readonly ConcurrentDictionary<string, LogFolder> _folders = new();
    private bool _disposed;

    /// <param name="runFolder">Where the FIFOs are; made when missing.</param>
    /// <param name="logFolder">Where the logs are; made when missing.</param>
    /// <param name="clock">Gives lines their times.</param>
    /// <param name="report">Told, on any thread, the service and a sentence when its output cannot be logged, and when it can again.</param>
    /// <param name="kind">The launcher of the services: one that reads their output hands it on, with others they write into FIFOs.</param>
    public OutputStore(
        string runFolder, string logFolder, TimeProvider clock, Action<string, string>? report = null, LauncherKind kind = LauncherKind.Auto)
        : this(runFolder, logFolder, clock, report, new OutputTuning(), kind) { }

    internal OutputStore(
        string runFolder, string logFolder, TimeProvider clock, Action<string, string>? report, OutputTuning tuning, LauncherKind kind = LauncherKind.Auto)
    {
        _way = kind != LauncherKind.Portable && OperatingSystem.IsLinux() ? new FifoWay() : new InletWay();
        _runFolder = runFolder;
        _logFolder = logFolder;
        _clock = clock;
        _report = report ?? ((_, _) => { });
        _tuning = tuning;
        _keeper = new LogKeeper(clock, tuning, _report);
        _ageTimer = clock.CreateTimer(_ => TendAged(), null, AgeCheck, AgeCheck);
    }

    internal IOutputWay Way => _way;

    public IOutputChannel Open(string service, LogLimits limits)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_channels.TryGetValue(service, out var open))
            {
                if (open.Limits != limits) open.Channel.SetLimits(limits);
                _channels[service] = open with { Limits = limits };
                return open.Channel;
            }
            var paths = LogPaths.Of(_runFolder, _logFolder, service);
            var folder = FolderOf(service);
            LogFolder.CreateFolder(_runFolder);
            folder.Create();
            var writer = new LogWriter(folder, limits, _clock, _tuning, _way.Files, _keeper, message => _report(service, message));
            var channel = _way.Open(paths.Fifo, writer, closed => Close(service, closed));
            _channels[service] = (channel, limits);
            return channel;
        }
    }

    public LogPage Read(string service, LogQuery query) => LogReader.Read(FolderOf(service), query);

    /// <summary>
    /// Finished lines only: an unfinished one comes when its line feed does. It ends when the service is removed. A position inside a line
    /// gives the rest of that line.
    /// </summary>
    public async IAsyncEnumerable<LogEntry> FollowAsync(string service, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = FolderOf(service);
        using var cursor = new FollowCursor(folder, position);
        List<LogEntry> entries = [];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var changed = folder.Changed.Next();
            entries.Clear();
            if (cursor.Read(entries))
            {
                foreach (var entry in entries) yield return entry;
                continue;
            }
            if (folder.IsRemoved) yield break;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public async Task<bool> CopyToAsync(string service, LogRange range, Stream target, CancellationToken cancellationToken)
    {
        using var copy = LogCopy.Of(LogsOf(service, range.Streams).Select(FolderOf), range);
        await copy.WriteToAsync(target, cancellationToken);
        return copy.Exists;
    }

    public long LostBytes(string service)
    {
        lock (_lock)
        {
            return LogsOf(service, LogStreams.All).Sum(log => _channels.TryGetValue(log, out var open) ? open.Channel.LostBytes : 0);
        }
    }

    public void Remove(string service)
    {
        var paths = LogPaths.Of(_runFolder, _logFolder, service);
        lock (_lock)
        {
            foreach (var name in (string[])[ErrorLog.Of(service), service])
            {
                if (_channels.Remove(name, out var open)) open.Channel.Close();
                if (Directory.Exists(_runFolder)) File.Delete(Path.Combine(_runFolder, name + ".out"));
                Forget(name);
            }
            RemovedLogs.Take(_logFolder, service, paths.Folder, _clock.GetUtcNow());
            // Whoever looked meanwhile has found what was still there, and would wait for more of it.
            foreach (var name in (string[])[ErrorLog.Of(service), service]) Forget(name);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            _ageTimer.Dispose();
            _way.Dispose();
            _keeper.Dispose();
            _channels.Clear();
        }
    }

    private void Close(string service, ILogChannel channel)
    {
        lock (_lock)
        {
            if (_disposed || !_channels.TryGetValue(service, out var open) || open.Channel != channel) return;
            _channels.Remove(service);
            channel.Close();
        }
    }

    private static IEnumerable<string> LogsOf(string service, LogStreams streams)
    {
        if (streams.HasFlag(LogStreams.Output)) yield return service;
        if (streams.HasFlag(LogStreams.Errors)) yield return ErrorLog.Of(service);
    }

    private void Forget(string name)
    {
        if (!_folders.TryRemove(name, out var folder)) return;
        lock (folder.Gate) folder.IsRemoved = true;
        folder.Changed.Pulse();
    }

    private LogFolder FolderOf(string service) =>
        _folders.GetOrAdd(service, name => new LogFolder(name, LogPaths.Of(_runFolder, _logFolder, name).Folder));

    private void TendAged()
    {
        lock (_lock)
        {
            foreach (var (service, open) in _channels)
            {
                if (open.Limits.MaxAge is not null) _keeper.Tend(FolderOf(service), open.Limits);
            }
        }
    }
}
