using System.Net;
using System.Net.Sockets;

namespace Ziggie.Api.Hosting;

/// <summary>Where the daemon listens. Read from <c>urls</c> (or <c>ASPNETCORE_URLS</c>) by ourselves: endpoints set by code make Kestrel ignore it.</summary>
internal sealed record ListenSettings(IReadOnlyList<ListenAddress> Addresses)
{
    public const string DefaultUrl = "http://127.0.0.1:54112";

    /// <summary>The names by which a URL calls this machine, for the Host check.</summary>
    public IEnumerable<string> Hosts => Addresses.Select(a => a.Host).Where(h => h is not ("+" or "*")).Distinct();

    public bool IsLoopbackOnly => Addresses.All(a => IPAddress.IsLoopback(a.EndPoint.Address));

    public static ListenSettings Read(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
            throw StartRefusedException.BadSetting("Kestrel:Endpoints is not used here: say where to listen with --urls.");
        var urls = configuration["urls"];
        if (string.IsNullOrWhiteSpace(urls)) urls = DefaultUrl;
        var settings = new ListenSettings([.. urls
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(Parse)]);
        if (!settings.IsLoopbackOnly && !SettingReader.Bool(configuration, "Listen:AllowRemote", false))
        {
            throw StartRefusedException.BadSetting(
                $"{urls} can be reached from other machines. Set Listen:AllowRemote=true and Auth:Anonymous=none if that is meant.");
        }

        return settings;
    }

    private static IEnumerable<ListenAddress> Parse(string url)
    {
        BindingAddress binding;
        try
        {
            binding = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw Malformed(url);
        }

        if (binding.IsUnixPipe || binding.IsNamedPipe || binding.PathBase is not "" || binding.Port is < 0 or > 65535) throw Malformed(url);
        var isHttps = binding.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
        if (!isHttps && !binding.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase)) throw Malformed(url);
        return AddressesOf(binding, url).Select(a => new ListenAddress(isHttps, binding.Host, new IPEndPoint(a, binding.Port)));
    }

    private static IEnumerable<IPAddress> AddressesOf(BindingAddress binding, string url)
    {
        if (binding.Host is "+" or "*") return [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any];
        if (IPAddress.TryParse(binding.Host, out var address)) return [address];
        if (!binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) throw Malformed(url);
        // Two sockets cannot be given the same free port in one step.
        return binding.Port == 0 || !Socket.OSSupportsIPv6 ? [IPAddress.Loopback] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
    }

    private static StartRefusedException Malformed(string url) => StartRefusedException.BadSetting(
        $"'{url}' is no address to listen on: write http://HOST:PORT with localhost, an IP address or * as HOST.");
}

/// <param name="IsHttps">Whether TLS is spoken, with the certificate of <c>Kestrel:Certificates:Default</c>.</param>
/// <param name="Host">As written in the URL.</param>
/// <param name="EndPoint">Port 0 for any free one.</param>
internal sealed record ListenAddress(bool IsHttps, string Host, IPEndPoint EndPoint);
