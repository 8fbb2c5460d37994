using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes;

/// <summary>
/// Reads files that somebody names in a definition. A pipe would hold the reader until somebody writes, and a device such as
/// <c>/dev/zero</c> never ends: what is no regular file, or too long for what it is to hold, is refused.
/// </summary>
public static class TextFiles
{
    /// <summary>In bytes; more than anybody writes by hand.</summary>
    public const int LongestFile = 5_000_000;

    /// <summary>The whole text; UTF-8, unless the file begins otherwise.</summary>
    /// <exception cref="IOException">It is not there, is no regular file, is too long, or is no text. The message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Read(string path)
    {
        if (OperatingSystem.IsLinux() && Native.KindOf(path) is Native.FileKind.Fifo or Native.FileKind.Other)
            throw new IOException($"'{path}' is a pipe, a socket or a device; name a regular file.");
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder; name a file.");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // The length that the system tells is 0 for files that are made while they are read.
        var bytes = new byte[Math.Min(Math.Max(file.Length, 4096), LongestFile) + 1];
        var length = 0;
        while (file.Read(bytes, length, bytes.Length - length) is var read and > 0)
        {
            length += read;
            if (length > LongestFile) throw new IOException($"'{path}' is longer than {LongestFile / 1_000_000} MB.");
            if (length == bytes.Length) Array.Resize(ref bytes, Math.Min(bytes.Length * 2, LongestFile + 1));
        }
        DemandUtf8(path, bytes.AsSpan(0, length));
        using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>What cannot be read would be replaced without a word, and so reach a program as something else.</summary>
    private static void DemandUtf8(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..] || Utf8.IsValid(bytes)) return;
        var line = 1;
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done)
        {
            if (rune.Value == '\n') line++;
            bytes = bytes[length..];
        }
        throw new IOException($"'{path}' is not UTF-8: line {line} holds the byte 0x{bytes[0]:X2}. Save it as UTF-8.");
    }
}
