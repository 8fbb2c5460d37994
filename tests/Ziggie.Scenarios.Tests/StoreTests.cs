using System.Text.Json;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The store's file shows what the API shows.</summary>
public sealed class StoreTests(SharedDaemon shared) : IClassFixture<SharedDaemon>
{
    private static readonly string[] Columns = ["id", "name", "description", "status", "health", "port", "pid", "is_system"];

    [Fact]
    public async Task The_table_services_shows_the_services_as_the_list_does()
    {
        var daemon = shared.Daemon;
        var service = await daemon.DefineAsync(new { name = "stored", command = "sleep 300", description = "Seen in the file" });
        await service.StartAsync();
        await AgreesAsync(daemon, "running");
        await service.StopAsync();
        await AgreesAsync(daemon, "stopped");
        (await service.DeleteAsync()).Ok();
        await AgreesAsync(daemon, null);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_file_is_for_its_owner_alone()
    {
        await AgreesAsync(shared.Daemon, null);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(shared.Home.Root, "ziggie.db")));
    }

    private static async Task AgreesAsync(RealDaemon daemon, string? status)
    {
        string inApi = "", inFile = "";
        await Wait.UntilAsync(async () =>
        {
            var services = (await daemon.Owner.GetAsync("/api/services?page_size=200")).Ok().GetProperty("services").EnumerateArray().ToList();
            inApi = string.Join('\n', services.Select(service => string.Join('|', Columns.Select(column => Text(service.GetProperty(column))))));
            var rows = await Sqlite.QueryAsync(Path.Combine(daemon.Home, "ziggie.db"), $"SELECT {string.Join(", ", Columns)} FROM services ORDER BY name");
            inFile = string.Join('\n', rows.Select(row => string.Join('|', row)));
            return inApi == inFile && inApi.Contains("|stored|", StringComparison.Ordinal) == status is not null && (status is null || inApi.Contains($"|{status}|", StringComparison.Ordinal));
        }, "the file shows what the API shows", () => $"The API:\n{inApi}\nThe file:\n{inFile}");
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => value.ToString(),
    };
}
