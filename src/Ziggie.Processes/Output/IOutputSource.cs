using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>Where a log's bytes come from. Used by one thread at a time.</summary>
internal interface IOutputSource
{
    /// <summary>Bytes that wait.</summary>
    int Available { get; }

    /// <summary>Moves bytes to an offset of a file.</summary>
    /// <returns>Bytes moved; 0 when none wait; the negative error number when the file takes nothing.</returns>
    long MoveTo(SafeFileHandle file, long offset, long limit);

    /// <summary>Bytes since the last call that were taken out but could not be written.</summary>
    long TakeSpilled();

    /// <summary>Takes bytes out and forgets them; 0 when none wait.</summary>
    long Drop(long limit);
}
