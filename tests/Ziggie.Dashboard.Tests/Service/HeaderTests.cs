using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Ziggie.Actors;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Parts.Service;

namespace Ziggie.Dashboard.Tests.Service;

public sealed class HeaderTests
{
    private static readonly ServiceView Api = Views.Running(Views.Define("api", "command: x\ndescription: Does it\nlabels: { team: shop, api_token: hunter2 }"));

    [Theory]
    [InlineData(Visitor.ReadOnly, "")]
    [InlineData(Visitor.User, "Stop api, Restart api | Restart with dependants, Send a signal…, Kill now…")]
    [InlineData(Visitor.Admin, "Stop api, Restart api | Restart with dependants, Send a signal…, Kill now…, Edit the definition, Duplicate, Delete…")]
    public async Task It_offers_what_the_role_may_do(string role, string offered)
    {
        await using var pages = new ServicePages(role);
        var header = pages.Show<ServiceHeader>(Api);
        var buttons = string.Join(", ", header.FindAll(".z-actions button").Select(b => b.GetAttribute("aria-label")));
        var menu = string.Join(", ", header.FindAll(".z-menu-body > *").Select(b => b.TextContent.Trim()));
        Assert.Equal(offered, menu.Length > 0 ? $"{buttons} | {menu}" : buttons);
    }

    [Fact]
    public async Task It_says_what_the_service_is_without_its_secrets()
    {
        await using var pages = new ServicePages();
        var header = pages.Show<ServiceHeader>(Api with { RestartRequired = true, Origin = "file:/srv/ziggie.yaml" });
        Assert.Contains("restart to take it", header.Markup);
        Assert.Contains("Defined in ziggie.yaml", header.Markup);
        Assert.Contains("team=shop", header.Markup);
        Assert.DoesNotContain("hunter2", header.Markup);
    }

    [Fact]
    public async Task The_daemon_itself_is_neither_killed_nor_deleted()
    {
        await using var pages = new ServicePages();
        var header = pages.Show<ServiceHeader>(Views.Running(Views.Define("control-center-backend", "command: x")));
        Assert.DoesNotContain("Kill", header.Markup);
        Assert.DoesNotContain("Delete", header.Markup);
    }

    [Fact]
    public async Task A_restart_with_dependants_asks_for_both()
    {
        await using var pages = new ServicePages();
        var header = pages.Show<ServiceHeader>(Api);
        await header.FindAll(".z-menu-body button")[0].ClickAsync(new());
        Assert.Equal(["Restart api dependents=True by anna"], pages.Control.Asked);
    }

    [Fact]
    public async Task A_signal_is_recorded_when_it_was_sent_and_refused_to_who_only_reads()
    {
        await using var pages = new ServicePages();
        await pages.Services.GetRequiredService<SignalSender>().SendAsync("api", 1, true);
        Assert.Equal(["signal api 1 tree=True by anna"], pages.Control.Asked);
        Assert.Equal(("signal_sent", "anna", "api"), (pages.History.Recorded[0].Kind, pages.History.Recorded[0].Who, pages.History.Recorded[0].Service));

        await using var reader = new ServicePages(Visitor.ReadOnly);
        await reader.Services.GetRequiredService<SignalSender>().SendAsync("api", 1, true);
        Assert.Empty(reader.Control.Asked);
    }
}
