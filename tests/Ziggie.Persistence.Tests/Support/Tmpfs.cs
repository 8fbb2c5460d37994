namespace Ziggie.Persistence.Tests.Support;

/// <summary>A small file system in memory.</summary>
internal sealed class Tmpfs : IDisposable
{
    public Tmpfs(string size)
    {
        try
        {
            Commands.RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Path).GetAwaiter().GetResult();
        }
        catch
        {
            Directory.Delete(Path);
            throw;
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("ziggie-tmpfs-").FullName;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public void MakeReadOnly() => Commands.RunAsync("mount", "-o", "remount,ro", Path).GetAwaiter().GetResult();

    public void MakeRoom() => File.Delete(Filler);

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        var block = new byte[4096];
        try
        {
            for (long offset = 0; ; offset += block.Length) RandomAccess.Write(file, block, offset);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Dispose()
    {
        Commands.RunAsync("umount", "-l", Path).GetAwaiter().GetResult();
        Directory.Delete(Path);
    }
}
