namespace Ziggie.Processes.Output;

/// <summary>
/// One file of a log, named by the position of its first byte, with an index of times beside it: <c>00000000000000012345.log</c> (or
/// <c>.log.gz</c>) and <c>00000000000000012345.idx</c>.
/// </summary>
/// <param name="Start">Position of the first byte in the log.</param>
/// <param name="Next">
/// Start of the following segment; null for the last one. A segment ends there, whatever its file still holds: the file is cut a moment
/// after the next one has come to be.
/// </param>
internal sealed record Segment(string Folder, long Start, bool Compressed, long? Next)
{
    public const string PlainEnd = ".log", CompressedEnd = ".log.gz", IndexEnd = ".idx";

    public string PlainPath => PathOf(Folder, Start, PlainEnd);

    public string CompressedPath => PathOf(Folder, Start, CompressedEnd);

    public string IndexPath => PathOf(Folder, Start, IndexEnd);

    public string FilePath => Compressed ? CompressedPath : PlainPath;

    /// <summary>Cuts a length of the file to what belongs to this segment.</summary>
    public long Clip(long length) => Next is { } next ? Math.Min(length, next - Start) : length;

    public static string PathOf(string folder, long start, string end) => Path.Combine(folder, start.ToString("D20") + end);

    /// <summary>The position in a file's name, when it has this end.</summary>
    public static bool TryParse(ReadOnlySpan<char> fileName, string end, out long start)
    {
        start = 0;
        return fileName.Length == 20 + end.Length && fileName.EndsWith(end, StringComparison.Ordinal)
            && long.TryParse(fileName[..20], System.Globalization.NumberStyles.None, null, out start);
    }
}
