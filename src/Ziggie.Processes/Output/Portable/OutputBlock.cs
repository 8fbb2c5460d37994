using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output.Portable;

/// <summary>Bytes that were read from a service's pipe, on their way into its log.</summary>
internal sealed class OutputBlock(ReadOnlyMemory<byte> bytes) : IOutputSource
{
    private const int ErrorNumber = 0xFFFF;

    private ReadOnlyMemory<byte> _bytes = bytes;

    public int Available => _bytes.Length;

    public long MoveTo(SafeFileHandle file, long offset, long limit)
    {
        var count = (int)Math.Min(limit, _bytes.Length);
        try
        {
            RandomAccess.Write(file, _bytes.Span[..count], offset);
        }
        catch (IOException e)
        {
            // On a full disk the beginning may have found room.
            count = (int)Math.Clamp(LengthOf(file) - offset, 0, count);
            if (count == 0) return -Math.Max(1, e.HResult & ErrorNumber);
        }
        _bytes = _bytes[count..];
        return count;
    }

    public long TakeSpilled() => 0;

    public long Drop(long limit)
    {
        var count = (int)Math.Min(limit, _bytes.Length);
        _bytes = _bytes[count..];
        return count;
    }

    private static long LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
