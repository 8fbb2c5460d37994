namespace Ziggie.Processes.Output;

/// <summary>A piece of a compressed file that can be read without what is before it.</summary>
internal readonly record struct GzipBlock(long FileOffset, int FileLength, long Offset, int Length);
