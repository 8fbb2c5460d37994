using Ziggie.Actors.Live;
using Ziggie.Processes.Resources;

namespace Ziggie.Actors.Resources;

/// <summary>Where the trees of services begin.</summary>
public static class RunRoots
{
    /// <summary>One for each service that has a process.</summary>
    public static List<RunRoot> Of(ServiceSnapshot services)
    {
        var roots = new List<RunRoot>(services.Services.Count);
        foreach (var (name, view) in services.Services)
        {
            if (view is { Process: { } main, RunId: { } runId }) roots.Add(new RunRoot(name, runId, main));
        }
        return roots;
    }
}
