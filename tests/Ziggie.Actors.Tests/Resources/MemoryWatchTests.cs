using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Resources;

namespace Ziggie.Actors.Tests.Resources;

public sealed class MemoryWatchTests : IServiceReports
{
    private const int Limit = 40_000_000;

    private readonly List<string> _reports = [];
    private readonly MemoryWatch _watch;

    public MemoryWatchTests() => _watch = new MemoryWatch(this);

    void IServiceReports.LimitExceeded(string service, long generation, string message) => _reports.Add($"{service} {generation}: {message}");

    [Fact]
    public void Twice_in_a_row_above_the_limit_is_reported()
    {
        _watch.Look(Leaky(1), 80_000_000);
        Assert.Empty(_reports);
        _watch.Look(Leaky(1), 81_600_000);
        Assert.Equal(["leaky 1: Exceeded its memory limit of 40 MB: its processes held 82 MB."], _reports);
    }

    [Fact]
    public void A_peak_the_limit_itself_another_run_and_a_service_without_limit_are_not()
    {
        _watch.Look(Leaky(1), 80_000_000);
        _watch.Look(Leaky(1), Limit);
        _watch.Look(Leaky(1), 80_000_000);
        _watch.Look(Leaky(2), 80_000_000);
        for (var time = 0; time < 5; time++) _watch.Look(Leaky(3) with { Definition = new ServiceDefinition { Name = "free", Command = ["x"] } }, long.MaxValue);
        Assert.Empty(_reports);
    }

    private static ServiceView Leaky(long generation) => new()
    {
        Id = 1,
        Definition = new ServiceDefinition { Name = "leaky", Command = ["x"], Limits = new LimitsPolicy { MaxMemory = Limit } },
        Status = ServiceStatus.Running,
        Phase = Phase.Running,
        Desired = Desired.Up,
        Health = Health.Unknown,
        Generation = generation,
        CreatedAt = default,
        UpdatedAt = default,
    };
}
