using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Ziggie.Processes.Linux;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Portable;

/// <summary>Where the output of a run goes: into a log, into a FIFO, at the end of a file, or nowhere. Shared by those who copy into it.</summary>
internal sealed class OutputSink : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly bool _isFile;
    private readonly IOutputInlet? _inlet;
    private readonly SemaphoreSlim _turn = new(1);

    private OutputSink(Stream stream, bool isFile, IOutputInlet? inlet = null) => (_stream, _isFile, _inlet) = (stream, isFile, inlet);

    /// <summary>Opens it. Elsewhere than on Windows it has to be there already; there, where there are no FIFOs, a missing file is made.</summary>
    /// <param name="path">Null for nowhere.</param>
    /// <param name="inlet">Where it goes instead, if there is one.</param>
    public static (OutputSink? Sink, LaunchResult.Failed? Refusal) Open(string? path, IOutputInlet? inlet)
    {
        if (inlet is not null) return (new OutputSink(Stream.Null, isFile: false, inlet), null);
        if (path is null) return (new OutputSink(Stream.Null, isFile: false), null);
        try
        {
            // Read-write, as a service on Linux opens it: it never waits for a reader, and never sees the end of one.
            var mode = OperatingSystem.IsWindows() ? FileMode.OpenOrCreate : FileMode.Open;
            var file = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.CanSeek || OperatingSystem.IsWindows()) return (new OutputSink(file, isFile: true), null);
            return (new OutputSink(AsPipe(file.SafeFileHandle), isFile: false), null);
        }
        catch (IOException error) when (!OperatingSystem.IsWindows() && Unix.IsShortage(error.HResult))
        {
            return (null, Refusal.Shortage(error.HResult));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, Refusal.OutputMissing(path));
        }
    }

    /// <summary>Waits while a FIFO is full. What cannot be written is lost, and the service runs on.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _turn.WaitAsync();
        try
        {
            if (_inlet is not null)
            {
                _inlet.Write(bytes);
                return;
            }
            // Others may have written there, a rotation may have cut it.
            if (_isFile) _stream.Seek(0, SeekOrigin.End);
            await _stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // A full disk; the next block may fit again.
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>A file stream would block a thread of the pool on a full FIFO, a pipe stream does not.</summary>
    private static AnonymousPipeClientStream AsPipe(SafeFileHandle file)
    {
        var pipe = new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(file.DangerousGetHandle(), ownsHandle: true));
        file.SetHandleAsInvalid();
        return pipe;
    }
}
