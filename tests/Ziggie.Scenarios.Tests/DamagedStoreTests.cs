using System.Security.Cryptography;
using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A store that cannot be used is reported, never overwritten, and no service suffers.</summary>
public sealed class DamagedStoreTests : Scenario
{
    private string Store => Path.Combine(Home.Root, "ziggie.db");

    [Theory]
    [InlineData("garbage from the start")]
    [InlineData("garbage in the middle")]
    [InlineData("cut in half")]
    [InlineData("a text file")]
    public async Task A_damaged_store_ends_the_start_with_a_sentence_and_is_left_as_it_is(string damage)
    {
        var first = await Home.StartAsync();
        var service = await first.DefineAsync(new { name = "unharmed", command = "sleep 300" });
        var pid = await service.StartAsync();
        await first.KillAsync();
        // What is only in the write-ahead log would mend a page that it holds.
        await Sqlite.CheckpointAsync(Store);
        Damage(damage);
        var before = HashOf(Store);

        var second = Home.Run(["--urls", "http://127.0.0.1:0"]);

        Assert.Equal(5, await second.ExitAsync());
        Assert.Contains(Store, second.Errors);
        Assert.DoesNotContain("   at ", second.Errors);
        Assert.Equal(before, HashOf(Store));
        Assert.True(Proc.Lives(pid));
    }

    [Theory]
    [InlineData("UPDATE journal SET message = X'7B7B' WHERE persistence_id <> 'services' AND sequence_number = 1", "of 'service-")]
    [InlineData("UPDATE journal SET manifest = 'service.defined.v9' WHERE persistence_id <> 'services' AND sequence_number = 1", "newer Ziggie")]
    [InlineData("UPDATE journal SET message = X'7B7B' WHERE persistence_id = 'services' AND sequence_number = 2", "of 'services'")]
    public async Task An_event_that_cannot_be_read_ends_the_start_with_a_sentence_that_names_it(string damage, string named)
    {
        var first = await Home.StartAsync();
        var service = await first.DefineAsync(new { name = "unharmed", command = "sleep 300" });
        var pid = await service.StartAsync();
        await first.KillAsync();
        await Sqlite.QueryAsync(Store, damage);

        var second = Home.Run(["--urls", "http://127.0.0.1:0"]);

        Assert.Equal(5, await second.ExitAsync());
        Assert.Contains(Store, second.Errors);
        Assert.Contains(named, second.Errors);
        Assert.DoesNotContain("   at ", second.Errors);
        Assert.True(Proc.Lives(pid));
    }

    private void Damage(string how)
    {
        using var file = new FileStream(Store, FileMode.Open);
        var half = file.Length / 2 / 4096 * 4096;
        switch (how)
        {
            case "garbage from the start": file.Write(RandomNumberGenerator.GetBytes(8192)); break;
            case "garbage in the middle":
                file.Position = 4096;
                file.Write(RandomNumberGenerator.GetBytes((int)file.Length - 8192));
                break;
            case "cut in half": file.SetLength(half); break;
            default:
                file.SetLength(0);
                file.Write("This is no database, but somebody may want it.\n"u8);
                break;
        }
    }

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
