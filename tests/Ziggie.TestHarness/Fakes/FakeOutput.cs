using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ziggie.Processes.Output;

namespace Ziggie.TestHarness.Fakes;

/// <summary>Logs of what the story says that services print. Each line takes one position.</summary>
public sealed class FakeOutput : IOutputStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<string>> _lines = [];
    private readonly Dictionary<string, List<Channel<bool>>> _followers = [];

    /// <summary>A service prints a line.</summary>
    public void Print(string service, string line)
    {
        Channel<bool>[] followers;
        lock (_gate)
        {
            LinesOf(service).Add(line);
            followers = [.. FollowersOf(service)];
        }
        foreach (var follower in followers) follower.Writer.TryWrite(true);
    }

    public IOutputChannel Open(string service, LogLimits limits) => new Channel(service);

    public LogPage Read(string service, LogQuery query)
    {
        lock (_gate)
        {
            var lines = LinesOf(service);
            var shown = lines.Select((line, at) => new LogEntry(at, null, line) { End = at + 1 }).TakeLast(query.Lines);
            return new LogPage([.. shown], lines.Count, lines.Count, lines.Count > 0);
        }
    }

    public async IAsyncEnumerable<LogEntry> FollowAsync(
        string service, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Whoever follows reacts on the thread that prints: the story knows when everything has come to rest.
        var news = System.Threading.Channels.Channel.CreateUnbounded<bool>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });
        lock (_gate) FollowersOf(service).Add(news);
        while (true)
        {
            string? line;
            lock (_gate) line = LinesOf(service).ElementAtOrDefault((int)position);
            if (line is not null)
            {
                yield return new LogEntry(position, null, line) { End = position + 1 };
                position++;
            }
            else
            {
                await news.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task<bool> CopyToAsync(string service, LogRange range, Stream target, CancellationToken cancellationToken) => Task.FromResult(false);

    public LogSlice ReadSlice(string service, LogSliceQuery query) => throw new NotSupportedException();

    public Task WaitForMoreAsync(string service, long end, CancellationToken cancellationToken) => throw new NotSupportedException();

    public long LostBytes(string service) => 0;

    public void Remove(string service) { }

    public void Dispose() { }

    private List<string> LinesOf(string service)
    {
        if (!_lines.TryGetValue(service, out var lines)) _lines[service] = lines = [];
        return lines;
    }

    private List<Channel<bool>> FollowersOf(string service)
    {
        if (!_followers.TryGetValue(service, out var followers)) _followers[service] = followers = [];
        return followers;
    }

    private sealed class Channel(string service) : IOutputChannel
    {
        public string Path => $"/story/{service}.out";

        public long LostBytes => 0;

        public Task DrainAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
