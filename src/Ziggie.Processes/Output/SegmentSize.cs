namespace Ziggie.Processes.Output;

/// <param name="Length">Bytes, uncompressed.</param>
/// <param name="Lines">Lines, an unfinished last one included.</param>
internal readonly record struct SegmentSize(long Length, long Lines);
