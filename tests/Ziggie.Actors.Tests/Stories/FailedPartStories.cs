using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

/// <summary>A defect in what a service's actor is made of.</summary>
public sealed class FailedPartStories : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_service_whose_runner_fails_says_so_and_takes_its_process_back()
    {
        var api = _machine.Given("api");
        _machine.Processes.OnLaunched = _ =>
        {
            _machine.Processes.OnLaunched = null;
            throw new InvalidOperationException("a defect");
        };

        var refused = Assert.IsType<CommandReply.Refused>(api.Start());
        api.Passes(TimeSpan.FromSeconds(5)).Expect(Phase.Running);

        Assert.Equal(RefusalCode.Interrupted, refused.Code);
        Assert.Contains("a defect", refused.Detail);
        Assert.Equal(1, api.Launches);
        api.Dies(code: 3, after: TimeSpan.FromSeconds(1)).Expect(Phase.Starting);
        Assert.Equal(3, api.View.LastExit!.Code);
    }
}
