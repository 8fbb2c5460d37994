using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace Ziggie.Processes.Ports;

/// <summary>All listening TCP ports of this machine.</summary>
public static class ListeningPorts
{
    /// <summary>In the order of ports, then addresses. One pass over the sockets and the descriptors of all processes.</summary>
    public static IReadOnlyList<ListeningPort> All()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
                .Select(end => new ListeningPort(end.Port, end.Address.ToString(), null)).OrderBy(p => p.Port).ThenBy(p => p.Address)];
        }
        var sockets = ListeningSockets.All().ToList();
        var holders = ListeningSockets.HoldersOf(sockets.Select(s => s.Inode).ToHashSet());
        return [.. sockets
            .Select(s => new ListeningPort(s.Port, s.Address, holders.TryGetValue(s.Inode, out var pid) ? pid : null))
            .OrderBy(p => p.Port).ThenBy(p => p.Address, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Address and port as /proc/net/tcp and tcp6 have them: words of the machine's byte order in hexadecimal, a colon, the port.
    /// </summary>
    internal static (string Address, int Port)? ReadEnd(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon is not (8 or 32)) return null;
        if (!int.TryParse(text[(colon + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)) return null;
        Span<uint> words = stackalloc uint[colon / 8];
        for (var index = 0; index < words.Length; index++)
        {
            if (!uint.TryParse(text.Slice(index * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out words[index])) return null;
        }
        return (new IPAddress(MemoryMarshal.AsBytes(words)).ToString(), port);
    }
}
