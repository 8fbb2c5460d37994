using Ziggie.Actors;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Live;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>What the removal of a service means.</summary>
public static class Removal
{
    /// <summary>Whether it is refused unless it is forced.</summary>
    public static bool NeedsForce(ServiceView service) => service.Pid is not null || Origins.FileOf(service.Origin) is not null;

    /// <summary>In sentences, for the one who is asked whether it is meant.</summary>
    public static string Consequences(ServiceView service, ServiceSnapshot all)
    {
        List<string> sentences =
        [
            service.Pid is { } pid ? $"It runs (PID {pid}): it is stopped first, with its whole tree." : "It does not run.",
            "Its definition is removed and its log put away; the history stays.",
        ];
        var waiting = all.Services.Values.Where(other => other.Definition.DependsOn.ContainsKey(service.Name)).Select(other => other.Name).ToList();
        if (waiting.Count > 0) sentences.Add($"{string.Join(", ", waiting)} {(waiting.Count == 1 ? "depends" : "depend")} on it, and could not be started any more.");
        if (Origins.FileOf(service.Origin) is { } file) sentences.Add($"{Path.GetFileName(file)} defines it: it comes back when that file is applied again, unless you take it out there.");
        return string.Join(" ", sentences);
    }
}
