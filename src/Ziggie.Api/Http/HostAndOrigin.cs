using System.Net;
using Ziggie.Api.Auth;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Http;

/// <summary>
/// Refuses what a foreign web page could make a browser send: a Host that is not ours (DNS rebinding), an Origin that is not ours
/// (cross-site requests, WebSockets included).
/// </summary>
internal sealed class HostAndOrigin(RequestDelegate next, AuthSettings auth, ListenSettings listen)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string> _hosts =
        new([.. LoopbackNames, .. listen.Hosts, .. auth.Hosts], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _origins = new(auth.Origins, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        if (!context.IsUnixSocket() && !IsOurs(host, context.Connection.LocalIpAddress))
        {
            return Problems.Create(403, "host_refused",
                $"The daemon does not answer to the host '{host.Host}'. Names beside localhost are allowed by Auth:Hosts.").WriteAsync(context);
        }

        var origin = context.Request.Headers.Origin.ToString();
        if (origin is not "" && !IsAllowed(origin, context))
        {
            return Problems.Create(403, "origin_refused",
                $"Pages of {origin} may not use this daemon. Web origins are allowed by Auth:Origins.").WriteAsync(context);
        }

        return next(context);
    }

    private bool IsOurs(HostString host, IPAddress? local) =>
        _hosts.Contains(host.Host)
        // A number cannot be rebound: it is ours when the connection came to it.
        || (IPAddress.TryParse(host.Host, out var address) && local is not null
            && address.Equals(local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local));

    private bool IsAllowed(string origin, HttpContext context)
    {
        if (_origins.Contains(origin)) return true;
        var request = context.Request;
        if (origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)) return true;
        var port = context.Connection.LocalPort;
        return LoopbackNames.Any(name => origin.Equals($"{request.Scheme}://{name}:{port}", StringComparison.OrdinalIgnoreCase));
    }
}
