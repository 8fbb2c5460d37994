using System.Diagnostics;
using Xunit;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Tests.Linux;

/// <summary>What the keeper of an earlier daemon has left, while the next daemon starts.</summary>
public sealed class An_inheritance : IDisposable
{
    private static readonly TimeSpan LongAfter = TimeSpan.FromHours(1);

    private readonly Process _keeper = Process.Start("sleep", "300");

    public void Dispose()
    {
        _keeper.Kill();
        _keeper.Dispose();
    }

    [Fact]
    public void Is_not_forgotten_before_every_service_has_asked_however_long_that_takes()
    {
        using var inheritance = new Inheritance([Found(isCopied: true, "run")]);
        Assert.False(inheritance.ForgetUnclaimed(MachineClock.SinceBoot + LongAfter));

        inheritance.AllHaveAsked();

        Assert.False(inheritance.ForgetUnclaimed(MachineClock.SinceBoot));
        Assert.NotNull(inheritance.IdentityOf("run"));
        Assert.True(inheritance.ForgetUnclaimed(MachineClock.SinceBoot + LongAfter));
        Assert.Null(inheritance.IdentityOf("run"));
    }

    [Fact]
    public void Ends_a_keeper_of_which_everything_was_copied()
    {
        using var inheritance = new Inheritance([Found(isCopied: true, "run")]);
        inheritance.EndKeepers();
        Assert.True(_keeper.WaitForExit(TimeSpan.FromSeconds(60)));
    }

    /// <summary>It has the FIFOs open still, and nobody else may have.</summary>
    [Fact]
    public void Leaves_a_keeper_that_gave_nothing_away_until_all_have_asked()
    {
        using var inheritance = new Inheritance([Found(isCopied: false)]);
        inheritance.EndKeepers();
        Assert.True(inheritance.IsLeft);
        Assert.False(_keeper.HasExited);

        inheritance.AllHaveAsked();
        Assert.True(inheritance.ForgetUnclaimed(MachineClock.SinceBoot + LongAfter));
        inheritance.EndKeepers();
        Assert.True(_keeper.WaitForExit(TimeSpan.FromSeconds(60)));
    }

    private KeeperChild.Found Found(bool isCopied, params string[] runs) => new(
        SafePidfd.Open(_keeper.Id, out _)!,
        [.. runs.Select(run => new KeptRun(run, _keeper.Id, 1, SafePidfd.Open(_keeper.Id, out _)!))],
        isCopied);
}
