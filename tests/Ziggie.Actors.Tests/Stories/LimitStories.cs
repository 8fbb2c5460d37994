using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Processes;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

public sealed class LimitStories : IDisposable
{
    private const string Exceeded = "Exceeded its memory limit of 40 MB: its processes held 80 MB.";

    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_tree_above_its_limit_is_ended_and_started_again_as_after_a_failure()
    {
        var leaky = _machine.Given("leaky").NeedsToStop(TimeSpan.FromSeconds(2)).Running().ExceedsLimit(Exceeded).Expect(Phase.Stopping, Exceeded);

        leaky.Passes(TimeSpan.FromSeconds(5)).Expect(Phase.Running);

        Assert.Equal(2, leaky.Launches);
        Assert.Equal(1, leaky.View.Restarts);
        leaky.ExceedsLimit(Exceeded).Passes(TimeSpan.FromSeconds(2)).Expect(Phase.Backoff, Exceeded);
    }

    [Fact]
    public void Without_restarts_it_stays_failed_and_says_why()
    {
        var leaky = _machine.Given("leaky", "command: x\nrestart: never\n").NeedsToStop(TimeSpan.Zero).Running().ExceedsLimit(Exceeded);

        leaky.Passes(TimeSpan.FromHours(1)).Expect(Phase.Failed, Exceeded);

        Assert.Equal(1, leaky.Launches);
        Assert.Equal(ServiceStatus.Failed, leaky.View.Status);
    }

    [Fact]
    public void What_was_seen_of_an_earlier_run_or_during_a_stop_or_of_the_daemon_changes_nothing()
    {
        var leaky = _machine.Given("leaky").NeedsToStop(TimeSpan.FromSeconds(5)).Running();
        leaky.ExceedsLimit(Exceeded, generation: 0).Expect(Phase.Running);

        var stopping = leaky.StopLater();
        leaky.ExceedsLimit(Exceeded).Expect(Phase.Stopping, "Stopped by story.");
        leaky.Passes(TimeSpan.FromHours(1)).Expect(Phase.Stopped);
        Assert.IsType<CommandReply.Done>(Machine.Answer(stopping));

        _machine.Given("control-center-backend").ExceedsLimit(Exceeded).Expect(Phase.Running);
    }

    [Fact]
    public void A_run_that_the_kernel_killed_at_its_limit_says_so_and_not_only_sigkill()
    {
        var leaky = _machine.Given("leaky", "command: x\nlimits: { max_memory: 512MB }\nrestart: never\n").Running();
        _machine.Processes.Groups["leaky"] = new GroupUsage(TimeSpan.FromSeconds(1), 512_000_000, LimitsMemory: true, OutOfMemory: true);

        leaky.IsKilled().Expect(Phase.Failed);

        Assert.Equal("Exceeded its memory limit of 512 MB.", leaky.View.Reason);
        Assert.Equal(SignalNames.Kill, leaky.View.LastExit!.Signal);
        Assert.Equal(1, leaky.Launches);
    }
}
