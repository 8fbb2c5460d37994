using System.Text.Json.Nodes;
using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Dashboard.Model.Configuration;

namespace Ziggie.Dashboard.Tests.Machine;

public sealed class ConfigurationModelTests
{
    private static readonly Declaration Web = new(new ServiceDefinition { Name = "web", Command = ["true"] }, "apply:default");

    [Theory]
    [InlineData("?tab=apply&source=Shop&force=true", "/configuration?tab=apply&source=shop&force=true")]
    [InlineData("?tab=nonsense&source=no%20name&force=1", "/configuration")]
    public void A_view_survives_its_address_and_nonsense_is_left_out(string query, string address) => Assert.Equal(address, ConfigView.Parse(query).Address());

    [Fact]
    public void A_plan_tells_what_goes_first_and_counts_what_stays()
    {
        var list = ChangeList.Of(new ConfigurationReply.Done(
            [
                Result("a", PlannedAction.Unchanged), Result("b", PlannedAction.Added, starts: true), Result("c", PlannedAction.Changed, restarts: true),
                Result("d", PlannedAction.Removed), Result("e", PlannedAction.Changed),
            ], IsDryRun: true));
        Assert.Equal(["d is stopped first if it runs", "c is restarted", "e runs on without a restart", "b is started"], list.Rows.Select(r => $"{r.Name} {r.Consequence}"));
        Assert.Equal((1, true), (list.Unchanged, list.IsPlan));
    }

    [Fact]
    public void Values_are_shown_as_they_are_written()
    {
        var change = new PlannedChange
        {
            Name = "web",
            Action = PlannedAction.Changed,
            Now = Web,
            Next = Web with { Origin = "file:/etc/ziggie.yaml" },
            Keys = [new("command", new JsonArray("a", "b c"), null), new("env.X", "", "1"), new("restart.success_exit_codes", null, new JsonArray(0, 3)), new("autostart", false, true)],
        };
        var row = ChangeRow.Of(new ServiceResult(change, false, false), isPlan: true);
        Assert.Equal(
            [new("command", "a b c", null), new("env.X", "\"\"", "1"), new("restart.success_exit_codes", null, "0 3"), new("autostart", "false", "true"),
                new KeyRow("comes from", "apply:default", "file:/etc/ziggie.yaml")], row.Keys.ToArray());
    }

    [Fact]
    public void What_came_of_each_service_is_told()
    {
        var failed = ChangeRow.Of(
            Result("web", PlannedAction.Added, starts: true) with { Reply = new CommandReply.Refused(RefusalCode.PortInUse, "Port 80 is in use.") }, isPlan: false);
        Assert.Equal(("Port 80 is in use.", true, "was started"), (failed.Outcome, failed.HasFailed, failed.Consequence));
    }

    [Theory]
    [InlineData(null, 3, 5, "line 3, column 5")]
    [InlineData("/etc/ziggie.yaml", 3, null, "ziggie.yaml, line 3")]
    [InlineData("/etc/ziggie.yaml", null, null, "ziggie.yaml")]
    [InlineData(null, null, null, "")]
    public void The_place_of_an_error_is_told_in_words(string? file, int? line, int? column, string expected) =>
        Assert.Equal(expected, ErrorText.PlaceOf(new DefinitionError("port", "is wrong.", "web", line, column, file)));

    private static ServiceResult Result(string name, PlannedAction action, bool restarts = false, bool starts = false) =>
        new(new PlannedChange { Name = name, Action = action, NeedsRestart = restarts }, restarts, starts);
}
