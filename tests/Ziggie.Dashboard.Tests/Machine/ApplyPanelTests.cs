using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Model.Configuration;
using Ziggie.Dashboard.Parts.Configuration;
using Ziggie.Dashboard.Tests.Service;

namespace Ziggie.Dashboard.Tests.Machine;

public sealed class ApplyPanelTests
{
    [Fact]
    public async Task A_set_that_cannot_be_named_so_is_not_applied_under_another_name()
    {
        await using var pages = new ServicePages();
        pages.Services.AddSingleton<IDefinitionSets>(new FakeSets());
        var view = new ConfigView();
        var panel = pages.Render<ApplyPanel>(p => p.Add(a => a.View, view).Add(a => a.Changed, changed => view = changed));
        await panel.Find("#source").ChangeAsync("team.shop");

        Assert.Contains("'team.shop' cannot name a set", panel.Find(".z-error").TextContent);
        Assert.Equal("team.shop", panel.Find("#source").GetAttribute("value"));
        Assert.All(panel.FindAll(".z-form-buttons button"), button => Assert.True(button.HasAttribute("disabled")));

        await panel.Find("#source").ChangeAsync("Team-Shop");
        Assert.Equal("team-shop", view.Source);
        Assert.Empty(panel.FindAll(".z-error"));
        Assert.All(panel.FindAll(".z-form-buttons button"), button => Assert.False(button.HasAttribute("disabled")));
    }
}
