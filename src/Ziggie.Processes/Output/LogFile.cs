using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>Opening and reading the files of logs, which others may write, move or delete meanwhile.</summary>
internal static class LogFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const FileShare Anything = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>For reading and writing, made when missing, never appending: splice refuses that.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path, bool empty = false)
    {
        try
        {
            var file = File.OpenHandle(path, empty ? FileMode.Create : FileMode.OpenOrCreate, FileAccess.ReadWrite, Anything);
            CloseToOthers(file);
            return file;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>A file that is not the daemon's own stays as it is; nobody else comes into the folder.</summary>
    private static void CloseToOthers(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            File.SetUnixFileMode(file, OwnerOnly);
        }
        catch (UnauthorizedAccessException) { }
    }

    public static SafeFileHandle OpenForReading(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, Anything);

    public static SafeFileHandle? TryOpenForReading(string path)
    {
        try
        {
            return OpenForReading(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Fills the buffer as far as the file goes.</summary>
    public static int ReadAt(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var count = RandomAccess.Read(file, buffer[total..], offset + total);
            if (count == 0) break;
            total += count;
        }
        return total;
    }

    /// <summary>The bytes of a segment from an offset on, uncompressed.</summary>
    public static Stream OpenStream(Segment segment, long offset)
    {
        var file = new FileStream(segment.FilePath, FileMode.Open, FileAccess.Read, Anything, bufferSize: 0);
        if (!segment.Compressed)
        {
            file.Position = offset;
            return file;
        }
        var blocks = offset > 0 ? GzipBlocks.Of(file.SafeFileHandle) : [];
        var before = 0L;
        foreach (var block in blocks.TakeWhile(block => block.Offset <= offset)) (file.Position, before) = (block.FileOffset, block.Offset);
        var stream = new GZipStream(file, CompressionMode.Decompress);
        Skip(stream, offset - before);
        return stream;
    }

    public static void Skip(Stream stream, long count)
    {
        if (count <= 0) return;
        var skipped = new byte[64 * 1024];
        while (count > 0)
        {
            var read = stream.Read(skipped, 0, (int)Math.Min(count, skipped.Length));
            if (read == 0) break;
            count -= read;
        }
    }
}
