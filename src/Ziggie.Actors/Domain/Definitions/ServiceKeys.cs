using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>The keys of a service, in the order in which they are documented and written.</summary>
public static class ServiceKeys
{
    public static ImmutableArray<string> All { get; } =
    [
        "name", "description", "command", "shell", "cwd", "env", "env_file", "user", "umask", "port", "is_system", "groups", "labels",
        "autostart", "ready", "health", "restart", "stop", "depends_on", "restart_dependents", "schedule", "limits", "logs",
    ];
}
