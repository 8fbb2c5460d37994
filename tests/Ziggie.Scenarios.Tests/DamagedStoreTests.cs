using System.Security.Cryptography;
using Xunit;
using Ziggie.Api.Tests.Support;
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

    [Fact]
    public async Task Nothing_is_launched_and_nothing_written_when_the_events_of_one_service_of_many_cannot_be_read()
    {
        var first = await Home.StartAsync();
        var launches = Home.In("launches");
        for (var i = 0; i < 8; i++)
        {
            var service = await first.DefineAsync(new { name = $"eager-{i}", command = $"echo {i} >> {launches}; exec sleep 300", shell = true });
            await service.StartAsync();
        }
        await Wait.UntilAsync(() => File.Exists(launches) && File.ReadAllLines(launches).Length == 8, "all have begun");
        Assert.Equal(0, await first.StopAsync());
        await Sqlite.QueryAsync(Store, "UPDATE journal SET message = X'7B7B' WHERE ordering = (SELECT MAX(ordering) FROM journal WHERE persistence_id LIKE 'service-%')");
        var before = await EventsAsync();

        var second = Home.Run(["--urls", "http://127.0.0.1:0"]);

        Assert.Equal(5, await second.ExitAsync());
        Assert.Equal(8, File.ReadAllLines(launches).Length);
        Assert.Equal(before, await EventsAsync());
    }

    private async Task<List<string>> EventsAsync() =>
        [.. (await Sqlite.QueryAsync(Store, "SELECT persistence_id, sequence_number, hex(message) FROM journal ORDER BY ordering")).Select(row => string.Join(' ', row))];

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
