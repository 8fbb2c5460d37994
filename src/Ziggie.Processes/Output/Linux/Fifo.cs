using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output.Linux;

/// <summary>
/// The reading end of a service's FIFO. An existing one is opened, never made anew: a process that an earlier daemon started may hold it,
/// with output in it. Used by one thread at a time.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class Fifo : IOutputSource, IDisposable
{
    private const int Mode = 0b110_000_000;
    private const int LargePipe = 1024 * 1024;

    private readonly SafeFileHandle _handle;
    private byte[]? _buffer;
    private bool _copies;
    private long _spilled;

    private Fifo(int descriptor)
    {
        Descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public int Descriptor { get; }

    public int Available => OutputNative.Available(Descriptor);

    /// <exception cref="IOException">It cannot be made or opened, or something else has its name.</exception>
    public static Fifo Open(string path)
    {
        if (OutputNative.MakeFifo(path, Mode) != 0 && Marshal.GetLastPInvokeError() != OutputNative.FileExists)
            throw OutputErrors.Last($"The FIFO {path} cannot be made");
        if (OutputNative.Stat(path) is not { IsFifo: true })
            throw new IOException($"{path} is in the way of a FIFO: something else has that name.");
        var descriptor = OutputNative.Open(path, OutputNative.OpenReadOnly | OutputNative.OpenNonBlock | OutputNative.OpenCloseOnExec, 0);
        return descriptor >= 0 ? new Fifo(descriptor) : throw OutputErrors.Last($"The FIFO {path} cannot be opened");
    }

    /// <summary>
    /// Moves bytes to an offset of a file, inside the kernel where the file system lets it: then no byte is ever in this process alone.
    /// </summary>
    /// <returns>Bytes moved; 0 when the FIFO is empty; the negative error number when the file takes nothing.</returns>
    public long MoveTo(SafeFileHandle file, long offset, long limit)
    {
        if (_copies) return CopyTo(file, offset, limit);
        while (true)
        {
            var at = offset;
            var moved = OutputNative.Splice(Descriptor, null, (int)file.DangerousGetHandle(), &at, (nint)limit,
                OutputNative.SpliceMove | OutputNative.SpliceNonBlock);
            if (moved >= 0) return moved;
            var error = Marshal.GetLastPInvokeError();
            if (error == OutputNative.Interrupted) continue;
            if (error == OutputNative.Again) return 0;
            if (error != OutputNative.InvalidArgument) return -error;
            // Some file systems have no splice. A daemon killed between the read and the write then loses that one block.
            _copies = true;
            return CopyTo(file, offset, limit);
        }
    }

    /// <summary>Bytes since the last call that were read but could not be written; only where splice is refused.</summary>
    public long TakeSpilled()
    {
        var spilled = _spilled;
        _spilled = 0;
        return spilled;
    }

    /// <summary>Takes bytes out and forgets them; 0 when the FIFO is empty.</summary>
    public long Drop(long limit) => Math.Max(0, Read(limit));

    /// <summary>A writer that keeps the pipe full costs fewer switches with a larger one. Refused quietly where the user has too many.</summary>
    public bool Enlarge() => OutputNative.ResizePipe(Descriptor, LargePipe);

    public void Dispose() => _handle.Dispose();

    private long CopyTo(SafeFileHandle file, long offset, long limit)
    {
        var count = Read(limit);
        if (count <= 0) return 0;
        fixed (byte* bytes = _buffer)
        {
            for (long written = 0; written < count;)
            {
                var n = OutputNative.WriteAt((int)file.DangerousGetHandle(), bytes + written, (nint)(count - written), offset + written);
                if (n >= 0)
                {
                    written += n;
                    continue;
                }
                var error = Marshal.GetLastPInvokeError();
                if (error == OutputNative.Interrupted) continue;
                _spilled += count - written;
                return written > 0 ? written : -error;
            }
        }
        return count;
    }

    private long Read(long limit)
    {
        _buffer ??= new byte[64 * 1024];
        fixed (byte* bytes = _buffer)
        {
            while (true)
            {
                var count = OutputNative.Read(Descriptor, bytes, (nint)Math.Min(limit, _buffer.Length));
                if (count >= 0 || Marshal.GetLastPInvokeError() != OutputNative.Interrupted) return count;
            }
        }
    }
}
