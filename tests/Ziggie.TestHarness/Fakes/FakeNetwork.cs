using System.Collections.Concurrent;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Services;

namespace Ziggie.TestHarness.Fakes;

/// <summary>Ports of the story's machine: who listens, and who accepts.</summary>
public sealed class FakeNetwork : INetworkProbe, IPorts
{
    private readonly ConcurrentDictionary<int, string> _owners = [];
    private readonly ConcurrentDictionary<int, bool> _accepting = [];
    private readonly ConcurrentDictionary<string, int> _answers = [];

    public void Accept(int port) => _accepting[port] = true;

    public void Refuse(int port) => _accepting.TryRemove(port, out _);

    /// <summary>Somebody else listens on a port; null when they leave.</summary>
    public void Occupy(int port, string? owner)
    {
        if (owner is null) _owners.TryRemove(port, out _);
        else _owners[port] = owner;
    }

    /// <summary>What a GET of the URL is answered with from now on.</summary>
    public void Answer(string url, int status) => _answers[url] = status;

    /// <summary>The last GET, with its headers.</summary>
    public Probe.Http? LastAsked { get; private set; }

    /// <summary>While it is set, nothing can be learned of ports, as on a machine that is out of descriptors.</summary>
    public IOException? Shortage { get; set; }

    public string? OwnerOf(int port) => Shortage is { } shortage ? throw shortage : _owners.GetValueOrDefault(port);

    public Task<ProbeResult> ConnectAsync(int port, TimeSpan timeout, CancellationToken cancellationToken) => Task.FromResult(
        _accepting.ContainsKey(port)
            ? new ProbeResult(true, $"Port {port} accepts connections.")
            : new ProbeResult(false, $"Port {port}: Connection refused."));

    public Task<ProbeResult> GetAsync(Probe.Http probe, TimeSpan timeout, CancellationToken cancellationToken)
    {
        LastAsked = probe;
        if (!_answers.TryGetValue(probe.Url, out var status))
            return Task.FromResult(new ProbeResult(false, $"{probe.Url}: Connection refused."));
        return Task.FromResult(new ProbeResult(status >= probe.StatusFrom && status <= probe.StatusTo, $"{probe.Url} answered {status}."));
    }
}
