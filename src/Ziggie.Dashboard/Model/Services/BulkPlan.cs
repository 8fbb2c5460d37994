using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain;

namespace Ziggie.Dashboard.Model.Services;

/// <summary>What a command to the ticked services will do, told before it is given.</summary>
/// <param name="Verb">What.</param>
/// <param name="Names">To which.</param>
/// <param name="LeftAlone">How many of the ticked it does not touch: what is stopped has nothing to be restarted.</param>
public sealed record BulkPlan(BulkVerb Verb, ImmutableArray<string> Names, int LeftAlone)
{
    /// <summary>So many are acted on without a question.</summary>
    public const int MostUnasked = 10;

    public static BulkPlan Of(BulkVerb verb, IReadOnlyCollection<ServiceView> ticked)
    {
        // The daemon is restarted and stopped on its own, never along with others.
        var services = ticked.Where(view => !view.IsDaemon).ToList();
        ImmutableArray<string> names = [.. services.Where(view => verb != BulkVerb.Restart || IsUp(view)).Select(view => view.Name)];
        return new BulkPlan(verb, names, services.Count - names.Length);
    }

    public bool IsAsked => Names.Length > MostUnasked;

    /// <summary>"Restart 1,003 services?".</summary>
    public string Question => $"{Verb} {Figures.Count(Names.Length, "service")}?";

    /// <summary>What follows from a yes.</summary>
    public string Consequences => Verb switch
    {
        BulkVerb.Start => "They start in the order of their dependencies; what else they need is started, too.",
        BulkVerb.Stop => "They stop in the order of their dependencies, and stay stopped.",
        _ => $"Their processes end and are started anew, in the order of their dependencies. {Remark}".TrimEnd(),
    };

    /// <summary>"3 that are stopped are left alone."; null when there are none.</summary>
    public string? Remark => LeftAlone switch
    {
        0 => null,
        1 => "1 that is stopped is left alone.",
        _ => FormattableString.Invariant($"{LeftAlone:N0} that are stopped are left alone."),
    };

    /// <summary>"started", "stopped", "restarted".</summary>
    public string Done => Verb switch { BulkVerb.Start => "started", BulkVerb.Stop => "stopped", _ => "restarted" };

    // What has failed would be tried again, or was: it is wanted.
    private static bool IsUp(ServiceView view) => view.Status != ServiceStatus.Stopped || view.Phase is Phase.Waiting or Phase.Starting;
}
