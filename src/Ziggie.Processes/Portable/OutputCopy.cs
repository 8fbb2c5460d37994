using System.IO.Pipes;

namespace Ziggie.Processes.Portable;

/// <summary>Moves what a run prints from its pipe to its place, until nobody holds the pipe any more.</summary>
internal sealed class OutputCopy(Stream pipe, OutputSink sink)
{
    private const int BlockSize = 8 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>A platform that cannot tell whether a pipe is empty must do with so many looks at which nothing came.</summary>
    private const int QuietLooks = 10;

    private long _steps;
    private volatile bool _isWriting;

    /// <summary>Copies to the end.</summary>
    public async Task RunAsync()
    {
        await using (pipe)
        {
            var block = new byte[BlockSize];
            while (true)
            {
                int count;
                try
                {
                    count = await pipe.ReadAsync(block);
                }
                catch (IOException)
                {
                    return;
                }
                if (count == 0) return;
                _isWriting = true;
                await sink.WriteAsync(block.AsMemory(0, count));
                Interlocked.Increment(ref _steps);
                _isWriting = false;
            }
        }
    }

    /// <summary>
    /// Ends when everything that the main process printed, which has ended by now, is in its place. A descendant may hold the pipe for
    /// long, so its end is not what is waited for.
    /// </summary>
    public async Task SettleAsync(Task copying)
    {
        var (quiet, seen) = (0, -1L);
        while (!copying.IsCompleted)
        {
            var steps = Interlocked.Read(ref _steps);
            var isQuiet = !_isWriting && steps == seen && (OperatingSystem.IsWindows() || pipe is not PipeStream stream || IsEmpty(stream));
            seen = steps;
            quiet = isQuiet ? quiet + 1 : 0;
            if (quiet >= (OperatingSystem.IsWindows() ? QuietLooks : 2)) return;
            await Task.WhenAny(copying, Task.Delay(Look));
        }
    }

    private static bool IsEmpty(PipeStream stream)
    {
        try
        {
            return Unix.IsEmptyPipe(stream.SafePipeHandle);
        }
        catch (ObjectDisposedException)
        {
            return false; // copied to the end just now
        }
    }
}
