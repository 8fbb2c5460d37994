using System.Text;

namespace Ziggie.Processes.Output;

internal static class LogText
{
    /// <summary>The text of a line without its line feed: a carriage return at its end goes, invalid UTF-8 becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line is [.. var text, (byte)'\r'] ? text : line);
}
