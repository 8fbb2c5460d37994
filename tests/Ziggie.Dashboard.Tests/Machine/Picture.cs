using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;

namespace Ziggie.Dashboard.Tests.Machine;

/// <summary>Makes pictures of services.</summary>
internal static class Picture
{
    public static ServiceSnapshot Of(params ServiceView[] services) =>
        new(1, services.ToImmutableSortedDictionary(s => s.Name, s => s, StringComparer.Ordinal));

    public static ServiceView Service(string name, Func<ServiceView, ServiceView>? change = null, params (string On, DependencyCondition Condition)[] dependencies)
    {
        var view = new ServiceView
        {
            Id = 1,
            Definition = new ServiceDefinition
            {
                Name = name,
                Command = ["true"],
                DependsOn = dependencies.ToImmutableSortedDictionary(d => d.On, d => d.Condition, StringComparer.Ordinal),
            },
            Status = ServiceStatus.Stopped,
            Phase = Phase.Stopped,
            Desired = Desired.Down,
            Health = Health.Unknown,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
        return change is null ? view : change(view);
    }

    public static ServiceView In(string group, string name, params (string On, DependencyCondition Condition)[] dependencies) =>
        Service(name, view => view with { Definition = view.Definition with { Groups = [group] } }, dependencies);
}
