using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Tests.Fakes;

/// <summary>Logs in memory: a line a second from <see cref="Start"/> on.</summary>
internal sealed class FakeOutput : IOutputStore
{
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public ConcurrentDictionary<string, string[]> Logs { get; } = [];

    public ConcurrentDictionary<string, long> Lost { get; } = [];

    public LogQuery? LastQuery { get; private set; }

    public LogPage Read(string service, LogQuery query)
    {
        LastQuery = query;
        if (!Logs.TryGetValue(service, out var lines)) return new LogPage([], 0, 0, Exists: false);
        var regex = query is { Grep: { } pattern, IsRegex: true } ? new Regex(pattern) : null;
        var matches = lines.Select((text, i) => new LogEntry(i * 10, Start.AddSeconds(i), text))
            .Where(e => !(e.Time < query.Since) && !(e.Time > query.Until))
            .Where(e => regex?.IsMatch(e.Text) ?? e.Text.Contains(query.Grep ?? "", StringComparison.OrdinalIgnoreCase))
            .TakeLast(query.Lines).ToArray();
        return new LogPage(matches, lines.Length, lines.Length * 10, Exists: true);
    }

    public IOutputChannel Open(string service, LogLimits limits) => throw new NotSupportedException();

    /// <summary>Nothing new ever comes.</summary>
    public async IAsyncEnumerable<LogEntry> FollowAsync(
        string service, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public Task<bool> CopyToAsync(string service, LogRange range, Stream target, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public LogSlice ReadSlice(string service, LogSliceQuery query) => throw new NotSupportedException();

    public Task WaitForMoreAsync(string service, long end, CancellationToken cancellationToken) => throw new NotSupportedException();

    public long LostBytes(string service) => Lost.GetValueOrDefault(service);

    public void Remove(string service) => Logs.TryRemove(service, out _);

    public void Dispose() { }
}
