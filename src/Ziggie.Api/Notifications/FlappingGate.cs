namespace Ziggie.Api.Notifications;

/// <summary>
/// Lets at most one of a kind for a service through in an interval. Of what came too fast the newest is kept and told when the interval
/// is over, in the order of what happened: what is told last is how it is.
/// </summary>
internal sealed class FlappingGate(TimeSpan interval)
{
    private readonly Dictionary<string, ServiceGate> _services = new(StringComparer.Ordinal);

    /// <summary>What is to be told now: this one, or nothing.</summary>
    public Notification? Admit(Notification notification, DateTimeOffset now)
    {
        if (interval == TimeSpan.Zero || notification.Service is not { } service) return notification;
        Forget(now);
        if (!_services.TryGetValue(service, out var gate)) _services[service] = gate = new ServiceGate();
        if (!gate.LastTold.TryGetValue(notification.Event, out var last) || now - last >= interval)
        {
            gate.LastTold[notification.Event] = now;
            // What waits is older than this one, and says no more how it is.
            var passedOver = gate.Held.Values.Sum(h => 1 + h.Suppressed);
            gate.Held.Clear();
            return notification with { Suppressed = passedOver };
        }
        var count = gate.Held.TryGetValue(notification.Event, out var held) ? held.Suppressed + 1 : 0;
        gate.Held[notification.Event] = notification with { Suppressed = count };
        return null;
    }

    /// <summary>What has waited long enough, oldest first.</summary>
    /// <param name="now">The time.</param>
    /// <param name="all">Also what has not.</param>
    public IReadOnlyList<Notification> Due(DateTimeOffset now, bool all = false)
    {
        var due = new List<Notification>();
        foreach (var gate in _services.Values)
        {
            foreach (var held in gate.Held.Values.Where(h => all || now - gate.LastTold[h.Event] >= interval).OrderBy(h => h.At).ToList())
            {
                due.Add(held);
                gate.Held.Remove(held.Event);
                gate.LastTold[held.Event] = now;
                // What is older and waits still would say last what is no longer so.
                foreach (var old in gate.Held.Values.Where(h => h.At < held.At).ToList()) gate.Held.Remove(old.Event);
            }
        }
        return [.. due.OrderBy(d => d.At)];
    }

    /// <summary>When there is something due; null when nothing waits.</summary>
    public DateTimeOffset? NextDue() => _services.Values
        .SelectMany(g => g.Held.Keys.Select(kind => (DateTimeOffset?)(g.LastTold[kind] + interval))).Min();

    private void Forget(DateTimeOffset now)
    {
        if (_services.Count < 1000) return;
        foreach (var (name, gate) in _services.ToList())
        {
            if (gate.Held.Count == 0 && gate.LastTold.Values.All(told => now - told >= interval)) _services.Remove(name);
        }
    }

    private sealed class ServiceGate
    {
        public Dictionary<string, DateTimeOffset> LastTold { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Notification> Held { get; } = new(StringComparer.Ordinal);
    }
}
