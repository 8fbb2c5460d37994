using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Dashboard.Model.Services;

namespace Ziggie.Dashboard.Tests.Services;

/// <summary>Commands to many services.</summary>
public sealed class BulkTests
{
    [Fact]
    public void A_restart_is_for_what_runs_waits_or_has_failed_and_says_what_it_leaves_alone()
    {
        ServiceView[] ticked =
        [
            Views.Running("runs"), Views.Of("failed") with { Phase = Phase.Failed, Status = ServiceStatus.Failed }, Views.Of("waits") with { Phase = Phase.Waiting },
            Views.Of("stopped"), Views.Of("completed") with { Phase = Phase.Completed },
        ];
        var plan = BulkPlan.Of(BulkVerb.Restart, ticked);
        Assert.Equal(["runs", "failed", "waits"], plan.Names.AsEnumerable());
        Assert.Equal("2 that are stopped are left alone.", plan.Remark);
        Assert.Equal(5, BulkPlan.Of(BulkVerb.Start, ticked).Names.Length);
        Assert.Null(BulkPlan.Of(BulkVerb.Stop, ticked).Remark);
    }

    [Theory]
    [InlineData(BulkVerb.Start)]
    [InlineData(BulkVerb.Stop)]
    [InlineData(BulkVerb.Restart)]
    public void The_daemon_itself_is_never_among_them(BulkVerb verb)
    {
        var plan = BulkPlan.Of(verb, [Views.Running("runs"), Views.Running("control-center-backend")]);
        Assert.Equal(["runs"], plan.Names.AsEnumerable());
        Assert.Null(plan.Remark);
    }

    [Fact]
    public void Many_are_asked_about_with_their_number_and_few_are_not()
    {
        Assert.False(BulkPlan.Of(BulkVerb.Stop, Many(10)).IsAsked);
        var plan = BulkPlan.Of(BulkVerb.Restart, [.. Many(1003), Views.Of("stopped")]);
        Assert.True(plan.IsAsked);
        Assert.Equal("Restart 1,003 services?", plan.Question);
        Assert.EndsWith("1 that is stopped is left alone.", plan.Consequences);
    }

    [Fact]
    public void How_far_it_has_come_is_counted()
    {
        var progress = new BulkProgress(1003);
        for (var n = 0; n < 312; n++) progress.Report(new ServiceOutcome($"s{n}", new CommandReply.Done(""), true));
        Assert.Equal("312 of 1,003", progress.Words);
    }

    [Fact]
    public void Each_that_failed_is_named()
    {
        var plan = BulkPlan.Of(BulkVerb.Start, Many(5));
        var messages = BulkFailures.Messages(plan,
        [
            Refused("s0", "The port is in use."), Refused("s1", "Service 's1' has no program."), new ServiceOutcome("fine", new CommandReply.Done(""), true),
            Refused("s2", "No."), Refused("s3", "No."), Refused("s4", "No."),
        ]);
        Assert.Equal(["s0: The port is in use.", "Service 's1' has no program.", "s2: No.", "2 more could not be started: s3, s4"], messages);
    }

    private static ServiceOutcome Refused(string name, string why) => new(name, new CommandReply.Refused(RefusalCode.PortInUse, why), false);

    private static ServiceView[] Many(int count) => [.. Enumerable.Range(0, count).Select(n => Views.Running($"s{n}"))];
}
