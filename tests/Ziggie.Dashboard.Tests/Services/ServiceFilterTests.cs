using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Dashboard.Model.Services;

namespace Ziggie.Dashboard.Tests.Services;

public sealed class ServiceFilterTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?search=a%20b%26c%3Dd")]
    [InlineData("/?search=x&status=failed&group=back%20end&sort=cpu&order=desc&view=table")]
    [InlineData("/?sort=memory")]
    [InlineData("/?health=unhealthy&view=table")]
    public void An_address_says_all_of_a_filter(string address) =>
        Assert.Equal(address, ServiceFilter.Parse(address[(address.IndexOf('?') + 1)..]).Address());

    [Fact]
    public void What_makes_no_sense_in_an_address_is_left_out() =>
        Assert.Equal(new ServiceFilter(), ServiceFilter.Parse("?status=9&sort=colour&order=up&view=list&group="));

    [Theory]
    [InlineData("shop", true)]
    [InlineData("SHOP api", true)]
    [InlineData("team=blue", true)]
    [InlineData("team=red", false)]
    [InlineData("backend", true)]
    [InlineData("5000", true)]
    [InlineData("500", false)]
    [InlineData("shop nothing", false)]
    public void Every_word_is_looked_for_in_name_description_groups_labels_and_numbers(string search, bool found) =>
        Assert.Equal(found, new ServiceFilter { Search = search }.Matches(Views.Of("api", "description: The shop's API\ngroups: [backend]\nlabels: { team: blue }\nport: 5000")));

    [Fact]
    public void Sorting_by_the_same_once_more_turns_the_order_round()
    {
        var once = new ServiceFilter().SortedBy(ServiceSort.Restarts);
        Assert.True(once.IsDescending); // the most first
        Assert.False(once.SortedBy(ServiceSort.Restarts).IsDescending);
        Assert.True(new ServiceFilter().SortedBy(ServiceSort.Name).IsDescending);
        Assert.False(once.SortedBy(ServiceSort.Port).IsDescending);
    }

    [Fact]
    public void A_secret_cannot_be_guessed_by_searching_for_it()
    {
        var service = Views.Of("api", "labels: { api_key: hidden }");
        Assert.False(new ServiceFilter { Search = "api_key=hid" }.Matches(service));
        Assert.True(new ServiceFilter { Search = "api_key" }.Matches(service));
    }

    [Fact]
    public void Unhealthy_is_what_runs_and_is_not_well()
    {
        var filter = new ServiceFilter { IsUnhealthy = true };
        Assert.True(filter.IsNarrow);
        Assert.True(filter.Matches(Views.Running("x") with { Health = Health.Unhealthy }));
        Assert.False(filter.Matches(Views.Running("x") with { Health = Health.Healthy }));
        Assert.False(filter.Matches(Views.Of("x") with { Health = Health.Unhealthy }));
    }

    [Fact]
    public void A_status_and_a_group_narrow_it()
    {
        var failed = Views.Of("x", "groups: [Back]") with { Status = ServiceStatus.Failed };
        Assert.True(new ServiceFilter { Status = ServiceStatus.Failed, Group = "back" }.Matches(failed));
        Assert.False(new ServiceFilter { Status = ServiceStatus.Running }.Matches(failed));
        Assert.False(new ServiceFilter { Group = "front" }.Matches(failed));
    }
}
