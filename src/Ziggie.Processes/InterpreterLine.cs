using System.Text;

namespace Ziggie.Processes;

/// <summary>The first line of a script.</summary>
internal static class InterpreterLine
{
    /// <summary>The interpreter that the file of a script names; null when it is no script or cannot be read.</summary>
    public static string? Of(string path)
    {
        try
        {
            Span<byte> head = stackalloc byte[256];
            using var file = File.OpenRead(path);
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (!head.StartsWith("#!"u8)) return null;
            var end = head.IndexOf((byte)'\n');
            var line = Encoding.UTF8.GetString(head[2..(end < 0 ? head.Length : end)]).Trim(' ', '\t');
            return line.Split([' ', '\t'], 2)[0];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
