using Ziggie.Actors;
using Ziggie.Processes.Resources;

namespace Ziggie.Dashboard.Model.Services;

/// <summary>A service in the list, with what it uses.</summary>
/// <param name="View">As it is.</param>
/// <param name="Usage">The newest sample; null without a process.</param>
public sealed record ServiceRow(ServiceView View, RunUsage? Usage)
{
    public string Name => View.Name;
}
