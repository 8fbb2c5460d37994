using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>The whole log of a service, from its files.</summary>
internal static class StoredLog
{
    public static string[] Read(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        // A plain segment counts before a compressed one of the same start, and each ends where the next one begins.
        var segments = Directory.GetFiles(folder, "0*.log*")
            .GroupBy(file => long.Parse(Path.GetFileName(file)[..20], CultureInfo.InvariantCulture))
            .OrderBy(group => group.Key)
            .Select(group => (Start: group.Key, File: group.Order(StringComparer.Ordinal).First()))
            .ToArray();
        using var whole = new MemoryStream();
        for (var index = 0; index < segments.Length; index++)
        {
            var bytes = ReadFile(segments[index].File);
            var length = index + 1 < segments.Length ? Math.Min(bytes.Length, segments[index + 1].Start - segments[index].Start) : bytes.Length;
            whole.Write(bytes, 0, (int)length);
        }
        return Encoding.UTF8.GetString(whole.ToArray()).Split('\n')[..^1];
    }

    private static byte[] ReadFile(string file)
    {
        using var stream = File.OpenRead(file);
        using var plain = new MemoryStream();
        if (file.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
            unzipped.CopyTo(plain);
        }
        else
        {
            stream.CopyTo(plain);
        }
        return plain.ToArray();
    }
}
