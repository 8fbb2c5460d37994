using System.Collections.Immutable;
using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Dashboard.Model.Services;
using Ziggie.Processes.Resources;

namespace Ziggie.Dashboard.Tests.Services;

public sealed class ServiceListTests
{
    private static readonly ServiceView[] All =
    [
        Views.Of("idle", "groups: [back]"),
        Views.Running("busy", 1) with { Restarts = 2 },
        Views.Running("calm", 2),
        Views.Of("broken", "groups: [Back]\nport: 80") with { Status = ServiceStatus.Failed, Phase = Phase.Failed },
    ];

    private static readonly ResourcePicture Usage = new(
        DateTimeOffset.UnixEpoch, new Dictionary<string, ServiceUsage> { ["busy"] = new(0, new RunUsage(50, 2000, 1, 1)), ["calm"] = new(0, new RunUsage(1, 9000, 1, 1)) },
        new HostUsage());

    [Fact]
    public void All_come_by_name_with_what_they_use()
    {
        var list = Shown(new ServiceFilter());
        Assert.Equal(["broken", "busy", "calm", "idle"], list.Rows.Select(row => row.Name));
        Assert.Equal(2000, list.Rows[1].Usage?.MemoryBytes);
        Assert.Null(list.Rows[0].Usage);
        Assert.Equal(4, list.Total);
    }

    [Fact]
    public void The_daemon_is_shown_and_cannot_be_chosen()
    {
        var list = Shown(new ServiceFilter(), [.. All, Views.Running("control-center-backend", 3)]);
        Assert.Equal(5, list.Rows.Length);
        Assert.Equal(["broken", "busy", "calm", "idle"], list.Choosable);
    }

    [Fact]
    public void Groups_are_counted_whatever_their_case() => Assert.Equal(("back", 2), (Shown(new ServiceFilter()).Groups.Single().Name.ToLowerInvariant(), Shown(new ServiceFilter()).Groups.Single().Count));

    [Fact]
    public void Each_status_is_counted_whatever_is_filtered()
    {
        var list = Shown(new ServiceFilter { Status = ServiceStatus.Failed });
        Assert.Equal(["broken"], list.Rows.Select(row => row.Name));
        Assert.Equal(2, list.ByStatus[ServiceStatus.Running]);
        Assert.Equal(1, list.ByStatus[ServiceStatus.Stopped]);
    }

    [Theory]
    [InlineData(ServiceSort.Status, false, "broken busy calm idle")]
    [InlineData(ServiceSort.Cpu, true, "busy calm broken idle")]
    [InlineData(ServiceSort.Memory, true, "calm busy broken idle")]
    [InlineData(ServiceSort.Restarts, true, "busy broken calm idle")]
    [InlineData(ServiceSort.Port, false, "broken busy calm idle")]
    [InlineData(ServiceSort.Name, true, "idle calm busy broken")]
    public void Sorted_by_what_is_asked_for_and_then_by_name(ServiceSort sort, bool descending, string names) =>
        Assert.Equal(names.Split(' '), Shown(new ServiceFilter { Sort = sort, IsDescending = descending }).Rows.Select(row => row.Name));

    [Fact]
    public void What_has_left_the_view_is_not_selected_any_more()
    {
        var selection = new Selection();
        selection.ToggleAll(["a", "b", "c"]);
        selection.Keep(["b", "c", "d"]);
        Assert.Equal(["b", "c"], selection.Names.Order());
        selection.ToggleAll(["b", "c"]);
        Assert.Equal(0, selection.Count);
    }

    private static ServiceList Shown(ServiceFilter filter, ServiceView[]? services = null) => ServiceList.Of(
        new ServiceSnapshot(1, ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, (services ?? All).Select(view => KeyValuePair.Create(view.Name, view)))), Usage, filter);
}
