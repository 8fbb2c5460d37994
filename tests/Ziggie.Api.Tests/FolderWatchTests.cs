using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using Ziggie.Api.Config;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

/// <summary>Changes that show elsewhere than in the folder of the file.</summary>
public sealed class FolderWatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly SemaphoreSlim _signs = new(0);
    private readonly FolderWatch _watch;

    public FolderWatchTests() => _watch = new FolderWatch(() => _signs.Release(), NullLogger.Instance);

    public void Dispose()
    {
        _watch.Dispose();
        _signs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_link_leads_to_is_watched_when_it_is_replaced_and_when_it_is_written()
    {
        Directory.CreateDirectory(At("other"));
        File.WriteAllText(At("other/real.yaml"), "1");
        File.CreateSymbolicLink(At("ziggie.yaml"), "other/real.yaml");
        _watch.Watch([At("ziggie.yaml")], []);

        File.WriteAllText(At("new.yaml"), "2");
        await SignAsync(() => File.Move(At("new.yaml"), At("other/real.yaml"), overwrite: true));
        await SignAsync(() => File.WriteAllText(At("other/real.yaml"), "3"));
    }

    [Fact]
    public async Task A_folder_behind_a_link_may_be_exchanged_as_containers_do()
    {
        foreach (var version in (string[])["..1", "..2"])
        {
            Directory.CreateDirectory(At(version));
            File.WriteAllText(At($"{version}/ziggie.yaml"), version);
        }
        Directory.CreateSymbolicLink(At("..data"), "..1");
        File.CreateSymbolicLink(At("ziggie.yaml"), "..data/ziggie.yaml");
        _watch.Watch([At("ziggie.yaml")], []);

        Directory.CreateSymbolicLink(At("..next"), "..2");
        await SignAsync(() => Process.Start("mv", ["-T", At("..next"), At("..data")]).WaitForExit());
        _watch.Watch([At("ziggie.yaml")], []);
        await SignAsync(() => File.WriteAllText(At("..2/ziggie.yaml"), "3"));
    }

    [Theory]
    [InlineData("a/b/x.yaml", null)]
    [InlineData(null, "a/b/*.yaml")]
    public async Task Folders_that_are_yet_to_come_are_waited_for(string? file, string? pattern)
    {
        string[] files = file is null ? [] : [At(file)], patterns = pattern is null ? [] : [At(pattern)];
        foreach (var folder in (string[])["a", "a/b"])
        {
            _watch.Watch(files, patterns);
            await SignAsync(() => Directory.CreateDirectory(At(folder)));
        }
        _watch.Watch(files, patterns);
        await SignAsync(() => File.WriteAllText(At("a/b/x.yaml"), "1"));
    }

    [Fact]
    public void Links_that_lead_to_each_other_end_somewhere()
    {
        File.CreateSymbolicLink(At("a"), "b");
        File.CreateSymbolicLink(At("b"), "a");
        Assert.NotEmpty(WatchPlaces.Of(At("a")).All);
    }

    private string At(string path) => Path.Combine(_folder.Path, path);

    private async Task SignAsync(Action change)
    {
        while (_signs.CurrentCount > 0) await _signs.WaitAsync();
        change();
        Assert.True(await _signs.WaitAsync(Limit), "Nobody noticed.");
    }
}
