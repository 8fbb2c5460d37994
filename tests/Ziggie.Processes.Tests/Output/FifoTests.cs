using Microsoft.Win32.SafeHandles;
using Xunit;
using Ziggie.Processes.Output.Linux;

namespace Ziggie.Processes.Tests.Output;

public sealed class FifoTests : IDisposable
{
    private const int Append = 0x400;

    private readonly OutputHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(0)]
    // Splice refuses a file that is open for appending, as it does on file systems that do not have it.
    [InlineData(Append)]
    public void Bytes_reach_the_file_with_and_without_splice(int flags)
    {
        using var fifo = Fifo.Open(Path.Combine(_home.Folder, "fifo"));
        using var writer = new FileStream(Path.Combine(_home.Folder, "fifo"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using var file = Open(Path.Combine(_home.Folder, "file"), flags);

        Assert.Equal(0, fifo.MoveTo(file, 0, 100));
        writer.Write("one two"u8);
        Assert.Equal(7, fifo.Available);
        Assert.Equal(4, fifo.MoveTo(file, 0, 4));
        Assert.Equal(3, fifo.MoveTo(file, 4, 100));

        Assert.Equal(0, fifo.MoveTo(file, 7, 100));
        Assert.Equal("one two", File.ReadAllText(Path.Combine(_home.Folder, "file")));
        Assert.Equal(0, fifo.TakeSpilled());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Append)]
    public void A_file_that_takes_nothing_is_told_by_its_error(int flags)
    {
        using var fifo = Fifo.Open(Path.Combine(_home.Folder, "fifo"));
        using var writer = new FileStream(Path.Combine(_home.Folder, "fifo"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using var full = Open("/dev/full", flags);
        writer.Write("lost"u8);

        Assert.Equal(-28, fifo.MoveTo(full, 0, 100));
        Assert.Equal(4, fifo.TakeSpilled() + fifo.Drop(100));
    }

    private static SafeFileHandle Open(string path, int flags)
    {
        var descriptor = OutputNative.Open(path, OutputNative.OpenReadWrite | OutputNative.OpenCreate | OutputNative.OpenCloseOnExec | flags, 0b110_000_000);
        Assert.True(descriptor >= 0, path);
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }
}
