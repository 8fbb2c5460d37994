using LinqToDB;
using LinqToDB.Async;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tables;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Tables;

/// <summary>What the table <c>services</c> shows on every database.</summary>
internal static class ServicesTableContract
{
    public static async Task HoldsAsync(StoreConnections connections)
    {
        var table = new ServicesTable(connections);
        var full = Views.Of(2, "full", ServiceStatus.Running, 4711) with
        {
            Definition = new ServiceDefinition
            {
                Name = "full",
                Description = "It's full",
                Command = ["run", "a b", "it's"],
                Cwd = "/srv/full",
                Port = 8080,
                IsSystem = true,
            },
            Health = Health.Healthy,
            UpdatedAt = Views.Noon.AddTicks(10).ToOffset(TimeSpan.FromHours(3)),
        };

        await table.ReplaceAllAsync([Views.Of(1, "old"), full], default);
        Assert.Equivalent(
            new ServiceRow
            {
                Id = 2,
                Name = "full",
                Description = "It's full",
                Status = "running",
                Health = "healthy",
                Port = 8080,
                Pid = 4711,
                Command = @"run 'a b' 'it'\''s'",
                Cwd = "/srv/full",
                IsSystem = true,
                CreatedAt = Views.Noon,
                UpdatedAt = Views.Noon.AddTicks(10),
            },
            (await RowsAsync(connections))[1], strict: true);

        await table.ApplyAsync(
            new Dictionary<string, ServiceView?> { ["old"] = Views.Of(3, "old"), ["full"] = null, ["new"] = Views.Of(4, "new") }, default);
        Assert.Equal([(3, "old"), (4, "new")], (await RowsAsync(connections)).Select(r => (r.Id, r.Name)));

        await table.ApplyAsync(
            Enumerable.Range(10, 1200).ToDictionary(i => $"s{i}", i => (ServiceView?)Views.Of(i, $"s{i}")), default);
        Assert.Equal(1202, (await RowsAsync(connections)).Count);

        await table.ReplaceAllAsync([], default);
        Assert.Empty(await RowsAsync(connections));
    }

    public static async Task<List<ServiceRow>> RowsAsync(StoreConnections connections)
    {
        await using var db = connections.Open();
        return await db.GetTable<ServiceRow>().OrderBy(r => r.Id).ToListAsync();
    }
}
