using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Tests.Services;

/// <summary>Services as pages see them.</summary>
internal static class Views
{
    /// <param name="name">The service's.</param>
    /// <param name="yaml">Of its definition, without name and command.</param>
    public static ServiceView Of(string name, string yaml = "")
    {
        var read = DefinitionReader.ReadYaml($"services:\n  {name}:\n    command: sleep 1\n" + string.Concat(yaml.Split('\n').Select(line => $"    {line}\n")));
        return new ServiceView
        {
            Id = 1,
            Definition = read.Definitions.Single(),
            Status = ServiceStatus.Stopped,
            Phase = Phase.Stopped,
            Desired = Desired.Down,
            Health = Health.Unknown,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
    }

    public static ServiceView Running(string name, int pid = 4711) => Of(name) with
    {
        Status = ServiceStatus.Running,
        Phase = Phase.Running,
        Desired = Desired.Up,
        Ready = true,
        Pid = pid,
        StartedAt = DateTimeOffset.UnixEpoch,
        StartedSinceBoot = TimeSpan.Zero,
    };
}
