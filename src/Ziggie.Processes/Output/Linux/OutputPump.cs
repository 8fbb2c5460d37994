using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Output.Linux;

/// <summary>
/// One thread that moves the output of all channels. The FIFOs are watched edge-triggered: one without a writer reports that once and
/// then rests, where a level-triggered one would report it for ever. So a channel must be emptied, or stay in the queue, after each event.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class OutputPump : IDisposable
{
    private const long WakeUp = -1;

    private readonly int _epoll;
    private readonly int _event;
    private readonly Thread _thread;
    private readonly ConcurrentQueue<Action> _requests = new();
    private readonly Dictionary<long, FifoChannel> _channels = [];
    private readonly Queue<FifoChannel> _ready = new();
    private readonly Lock _ending = new();
    private volatile bool _stopping;
    private volatile bool _ended;
    private int _largePipes;
    private long _rounds;

    public OutputPump()
    {
        _epoll = OutputNative.EpollCreate(OutputNative.OpenCloseOnExec);
        _event = OutputNative.MakeEvent();
        if (_epoll < 0 || _event < 0 || EpollEvents.Add(_epoll, _event, OutputNative.EpollIn, WakeUp) != 0)
            throw OutputErrors.Last("Output cannot be watched");
        _thread = new Thread(Run) { IsBackground = true, Name = "output" };
        _thread.Start();
    }

    /// <summary>How often the thread woke up; at rest it does not.</summary>
    public long Rounds => Volatile.Read(ref _rounds);

    public void Add(FifoChannel channel) => Post(() =>
    {
        _channels.Add(channel.Id, channel);
        if (EpollEvents.Add(_epoll, channel.Descriptor, OutputNative.EpollIn | OutputNative.EpollEdge, channel.Id) != 0)
            channel.Report($"Output is not watched: {OutputErrors.Describe(Marshal.GetLastPInvokeError())}");
        MakeReady(channel);
    });

    /// <summary>Takes in what is left, closes the channel and returns then.</summary>
    public void Remove(FifoChannel channel)
    {
        using var done = new ManualResetEventSlim();
        Post(() =>
        {
            Close(channel);
            done.Set();
        });
        done.Wait();
    }

    /// <summary>Runs something on the pump's thread, after which the channel gets a turn.</summary>
    public void Post(FifoChannel channel, Action action) => Post(() =>
    {
        action();
        MakeReady(channel);
    });

    /// <summary>
    /// Whether one more pipe may be made large. An ordinary user has 64 MiB for all pipes, and beyond that each new one is tiny.
    /// </summary>
    public bool MayEnlarge() => _largePipes < 16 && ++_largePipes > 0;

    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        Wake();
        _thread.Join();
        OutputNative.Close(_epoll);
        OutputNative.Close(_event);
    }

    private void Post(Action request)
    {
        _requests.Enqueue(request);
        if (_ended) RunRequests();
        else Wake();
    }

    /// <summary>For what is asked while the thread ends: nobody may wait for an answer that never comes.</summary>
    private void RunRequests()
    {
        lock (_ending) while (_requests.TryDequeue(out var request)) request();
    }

    private void Wake()
    {
        ulong one = 1;
        OutputNative.Write(_event, (byte*)&one, sizeof(ulong));
    }

    private void Run()
    {
        var events = new EpollEvents(256);
        while (!_stopping)
        {
            var count = events.Wait(_epoll, _ready.Count > 0 ? 0 : -1);
            Volatile.Write(ref _rounds, _rounds + 1);
            for (var i = 0; i < count; i++) Note(events.DataAt(i));
            while (_requests.TryDequeue(out var request)) request();
            for (var turns = _ready.Count; turns > 0; turns--) Turn(_ready.Dequeue());
        }
        _ended = true;
        RunRequests();
        lock (_ending) foreach (var channel in _channels.Values.ToList()) Close(channel);
    }

    private void Note(long data)
    {
        if (data == WakeUp)
        {
            ulong ignored;
            _ = OutputNative.Read(_event, (byte*)&ignored, sizeof(ulong));
        }
        else if (_channels.TryGetValue(data, out var channel))
        {
            MakeReady(channel);
        }
    }

    private void MakeReady(FifoChannel channel)
    {
        if (channel.IsQueued || channel.IsClosed) return;
        channel.IsQueued = true;
        _ready.Enqueue(channel);
    }

    private void Turn(FifoChannel channel)
    {
        channel.IsQueued = false;
        if (!channel.IsClosed && channel.Turn()) MakeReady(channel);
    }

    private void Close(FifoChannel channel)
    {
        if (!_channels.Remove(channel.Id)) return;
        EpollEvents.Remove(_epoll, channel.Descriptor);
        channel.Finish();
    }
}
