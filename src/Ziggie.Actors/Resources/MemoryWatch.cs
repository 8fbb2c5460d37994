using Ziggie.Actors.Domain;

namespace Ziggie.Actors.Resources;

/// <summary>Keeps memory limits where the kernel does not: what is above its limit in two samples in a row is reported.</summary>
internal sealed class MemoryWatch(IServiceReports reports)
{
    /// <summary>One alone may be a moment's peak.</summary>
    private const int InARow = 2;

    private readonly Dictionary<string, (long Generation, int Times)> _above = [];

    /// <param name="service">As it is now.</param>
    /// <param name="memory">Bytes of its whole tree.</param>
    public void Look(ServiceView service, long memory)
    {
        if (service.Definition.Limits?.MaxMemory is not { } limit || memory <= limit)
        {
            _above.Remove(service.Name);
            return;
        }
        var times = _above.TryGetValue(service.Name, out var before) && before.Generation == service.Generation ? before.Times + 1 : 1;
        _above[service.Name] = (service.Generation, times);
        // Reported again if it goes on: the service may have been busy with something else.
        if (times % InARow == 0) reports.LimitExceeded(service.Name, service.Generation, ServiceCore.MemoryExceeded(limit, memory));
    }
}
