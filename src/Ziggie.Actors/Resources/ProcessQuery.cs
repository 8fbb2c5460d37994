using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Actors.Resources;

/// <summary>Which processes of the machine are asked for, in which order.</summary>
/// <param name="Order">What comes first.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Offset">To be skipped.</param>
/// <param name="Search">A part of the name, the command line or the service, in any case; null for all.</param>
/// <param name="Service">Only those of this service's tree; null for all.</param>
public sealed record ProcessQuery(ProcessOrder Order, int Limit, int Offset = 0, string? Search = null, string? Service = null)
{
    /// <exception cref="IOException">File descriptors or memory ran out: nothing is known now.</exception>
    public MachineProcesses Answer(IResourceReader reader, IServiceFeed feed, TimeProvider time)
    {
        var sorted = Sort(reader.Processes(RunRoots.Of(feed.Current)).Where(process => Service is null || process.Service == Service)).ToList();
        // Names cost a look at each process: without a search, only at those that are shown.
        if (Search is not null) sorted.RemoveAll(process => !Matches(process, ProcessDetails.Of(process.Pid)));
        var boot = time.GetUtcNow() - MachineClock.SinceBoot;
        return new MachineProcesses(
            [.. sorted.Skip(Offset).Take(Limit).Select(process => Show(process, ProcessDetails.Of(process.Pid), boot))], sorted.Count);
    }

    private IOrderedEnumerable<ProcessUsage> Sort(IEnumerable<ProcessUsage> processes) => Order switch
    {
        ProcessOrder.Memory => processes.OrderByDescending(process => process.MemoryBytes).ThenBy(process => process.Pid),
        ProcessOrder.Pid => processes.OrderBy(process => process.Pid),
        ProcessOrder.Started => processes.OrderByDescending(process => process.StartedSinceBoot).ThenByDescending(process => process.Pid),
        _ => processes.OrderByDescending(process => process.CpuPercent ?? 0).ThenByDescending(process => process.MemoryBytes)
            .ThenBy(process => process.Pid),
    };

    private bool Matches(ProcessUsage usage, ProcessDetails details) =>
        details.Name?.Contains(Search!, StringComparison.OrdinalIgnoreCase) == true
        || CommandOf(details).Contains(Search!, StringComparison.OrdinalIgnoreCase)
        || usage.Service?.Contains(Search!, StringComparison.OrdinalIgnoreCase) == true;

    private static MachineProcess Show(ProcessUsage usage, ProcessDetails details, DateTimeOffset boot) => new(
        usage.Pid, usage.Parent, details.Name, details.User, usage.State, usage.CpuPercent, usage.MemoryBytes, usage.Threads,
        ProcessDetails.OpenFilesOf(usage.Pid), usage.StartedSinceBoot is { } started ? boot + started : null, CommandOf(details), usage.Service);

    /// <summary>Also what is searched: a secret must not be guessed letter by letter.</summary>
    private static string CommandOf(ProcessDetails details) => string.Join(' ', SecretKeys.HideIn(details.CommandLine));
}
