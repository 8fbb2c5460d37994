using Ziggie.Actors.Domain.Definitions;
using static Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Domain;

/// <summary>How a definition that is applied takes effect at once.</summary>
public static partial class ServiceCore
{
    /// <summary>
    /// Whether a change restarts a service: one that is wanted up, and whose process, or whose next one, the change needs. What has run
    /// to its end is not run again, and what failed is tried with what it was given now.
    /// </summary>
    public static bool Restarts(Desired desired, Phase phase, bool needsRestart) =>
        needsRestart && desired == Desired.Up && phase is not Phase.Completed;

    /// <summary>False when nothing follows from it.</summary>
    private static bool TakeEffect(Step step, ServiceState before, Define c)
    {
        if (DaemonService.IsDaemon(step.State)) return false;
        if (step.State is { Run: null, DesiredBy: null, Definition.Autostart: true })
        {
            DecideStart(step, new Start(c.By));
            return true;
        }

        var old = before.Run?.Definition ?? before.Definition;
        if (old is null || !Restarts(before.Desired, before.Phase, DefinitionComparer.NeedsRestart(old, c.Definition))) return false;
        RestartAnew(step, c.By, $"Restarted by {c.By}: its definition has changed.");
        return true;
    }
}
