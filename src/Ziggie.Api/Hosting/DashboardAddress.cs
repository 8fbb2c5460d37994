using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Ziggie.Api.Hosting;

/// <summary>Where a browser finds the dashboard, once the daemon listens.</summary>
internal sealed class DashboardAddress(IServer server)
{
    /// <summary>All addresses but the socket in the home.</summary>
    public IReadOnlyList<string> All => server.Features.Get<IServerAddressesFeature>()?.Addresses.Where(a => !a.Contains("://unix:")).ToList() ?? [];

    /// <summary>A page in full.</summary>
    public string Of(string pathAndQuery) => (All.Count > 0 ? All[0].TrimEnd('/') : "") + pathAndQuery;
}
