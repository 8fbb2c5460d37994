using Bunit;
using Xunit;
using Ziggie.Dashboard.Model.Service;
using Ziggie.Dashboard.Parts.Service;

namespace Ziggie.Dashboard.Tests.Service;

public sealed class UsageChartTests : BunitContext
{
    [Fact]
    public void A_chart_says_what_it_draws_and_lets_single_values_be_read_out()
    {
        var plot = new UsagePlot([new(Views.Now.AddMinutes(-1), 10), new(Views.Now, 30)], Views.Now, PlotRange.All[0], least: 5);
        var chart = Render<UsageChart>(p => p.Add(c => c.Title, "CPU").Add(c => c.Plot, plot).Add(c => c.Format, v => $"{v} %")).Find(".sv-chart");
        Assert.Equal("CPU over the last 5 min: now 30 %, at most 30 %. Arrow keys read single values.", chart.GetAttribute("aria-label"));
        // The value at the cursor is drawn into it, which in an image would be passed over.
        Assert.Equal(("group", "chart", "0"), (chart.GetAttribute("role"), chart.GetAttribute("aria-roledescription"), chart.GetAttribute("tabindex")));
        Assert.Equal("true", chart.QuerySelector("svg")!.GetAttribute("aria-hidden"));
    }
}
