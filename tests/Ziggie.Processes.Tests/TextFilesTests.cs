using System.Diagnostics;
using Xunit;

namespace Ziggie.Processes.Tests;

public sealed class TextFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ziggie-text-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    [InlineData(TextFiles.LongestFile)]
    public void A_file_is_read_to_its_end(int length)
    {
        var text = new string('x', length);
        File.WriteAllText(PathOf("a"), text);
        Assert.Equal(text, TextFiles.Read(PathOf("a")));
    }

    [Fact]
    public void The_mark_of_an_encoding_is_no_part_of_the_text()
    {
        File.WriteAllText(PathOf("a"), "Zürich", new System.Text.UnicodeEncoding());
        Assert.Equal("Zürich", TextFiles.Read(PathOf("a")));
    }

    [Fact]
    public void One_that_is_not_utf_8_is_refused_with_its_line()
    {
        File.WriteAllBytes(PathOf("a"), [.. "A=ä\nB="u8, 0xFF, .. "\n"u8]);
        Assert.EndsWith("is not UTF-8: line 2 holds the byte 0xFF. Save it as UTF-8.", Assert.Throws<IOException>(() => TextFiles.Read(PathOf("a"))).Message);
    }

    [Fact]
    public void A_folder_is_said_to_be_one() =>
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => TextFiles.Read(Path.GetTempPath())).Message);

    [Fact]
    public void A_file_whose_length_the_system_does_not_know_is_read() => Assert.Contains("MemTotal", TextFiles.Read("/proc/meminfo"));

    [Fact]
    public void One_that_is_too_long_is_refused()
    {
        using (var file = File.Create(PathOf("long"))) file.SetLength(TextFiles.LongestFile + 1);
        Assert.Contains("is longer than 5 MB", Assert.Throws<IOException>(() => TextFiles.Read(PathOf("long"))).Message);
    }

    [Fact]
    public void What_never_ends_or_would_hold_its_reader_is_refused()
    {
        using (var mkfifo = Process.Start("mkfifo", PathOf("pipe"))) mkfifo.WaitForExit();
        foreach (var path in (string[])[PathOf("pipe"), "/dev/zero", "/dev/null"])
            Assert.Contains("name a regular file", Assert.Throws<IOException>(() => TextFiles.Read(path)).Message);
    }

    [Fact]
    public void One_that_is_not_there_is_said_to_be_missing() => Assert.Throws<FileNotFoundException>(() => TextFiles.Read(PathOf("none")));
}
