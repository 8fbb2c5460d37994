using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;

namespace Ziggie.Persistence.Tests.Support;

internal static class Views
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    public static ServiceView Of(int id, string name, ServiceStatus status = ServiceStatus.Stopped, int? pid = null) => new()
    {
        Id = id,
        Definition = new ServiceDefinition { Name = name, Command = ["sleep", "60"] },
        Status = status,
        Phase = status == ServiceStatus.Running ? Phase.Running : Phase.Stopped,
        Desired = Desired.Up,
        Health = Health.Unknown,
        Pid = pid,
        CreatedAt = Noon,
        UpdatedAt = Noon,
    };

    public static ServiceSnapshot Picture(long sequence, params ServiceView[] views) =>
        new(sequence, views.ToImmutableSortedDictionary(v => v.Name, v => v, StringComparer.Ordinal));
}
