using Ziggie.Actors.Live;
using Ziggie.Processes.Ports;
using Ziggie.Processes.Resources;

namespace Ziggie.Actors.Resources;

/// <summary>A TCP port that somebody listens on, with its process and the service to whose tree that belongs.</summary>
/// <param name="Port">1 to 65535.</param>
/// <param name="Address">On which it is listened.</param>
/// <param name="Pid">Null when the daemon may not see who listens.</param>
/// <param name="Program">The short name of that process.</param>
/// <param name="Service">Null for none.</param>
public sealed record MachinePort(int Port, string Address, int? Pid, string? Program, string? Service)
{
    /// <param name="reader">Knows whose processes are whose.</param>
    /// <param name="feed">The services.</param>
    /// <param name="service">Only the ports of this one; null for all.</param>
    public static IReadOnlyList<MachinePort> All(IResourceReader reader, IServiceFeed feed, string? service = null)
    {
        var listening = ListeningPorts.All();
        var owners = reader.Processes(RunRoots.Of(feed.Current)).ToDictionary(process => process.Pid, process => process.Service);
        return [.. listening
            .Select(port => (Port: port, Service: port.Pid is { } pid ? owners.GetValueOrDefault(pid) : null))
            .Where(port => service is null || port.Service == service)
            .Select(port => Of(port.Port, port.Service))];
    }

    private static MachinePort Of(ListeningPort port, string? service) =>
        new(port.Port, port.Address, port.Pid, port.Pid is { } pid ? ProcessDetails.Of(pid).Name : null, service);
}
