using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

public sealed class TraceStories : IDisposable
{
    private readonly Machine _machine = new();
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public TraceStories()
    {
        // Other tests' spans come as well; the names of services tell them apart.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ZiggieTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public void What_a_start_brings_along_is_part_of_its_trace()
    {
        _machine.Given("traced-db");
        _machine.Given("traced-cache").Running().Stop();
        _machine.Given("traced-api", "command: api\ndepends_on: [traced-db, traced-cache]\n").Running();

        var command = Last("command start", "traced-api");
        Assert.All((string[])["traced-db", "traced-cache", "traced-api"], name =>
            Assert.Equal(command.TraceId, Last("service.launch", name).TraceId));
    }

    [Fact]
    public void What_is_restarted_because_of_another_is_part_of_that_ones_trace()
    {
        var db = _machine.Given("anew-db", "command: db\nrestart_dependents: true\n").Running();
        var api = _machine.Given("anew-api", "command: api\ndepends_on: anew-db\n").Running();

        db.Restart();
        api.Passes(TimeSpan.FromSeconds(5));

        Assert.Equal(2, api.Launches);
        Assert.Equal(Last("command restart", "anew-db").TraceId, Last("service.launch", "anew-api").TraceId);
        Assert.Equal(Last("service.ready", "anew-db").SpanId, Last("service.launch", "anew-api").ParentSpanId);
    }

    private Activity Last(string name, string service) =>
        _spans.Last(span => span.OperationName == name && Equals(span.GetTagItem("ziggie.service"), service));
}
