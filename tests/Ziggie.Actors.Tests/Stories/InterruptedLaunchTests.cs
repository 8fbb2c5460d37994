using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Services;
using Ziggie.Processes;
using Ziggie.TestHarness.Fakes;
using Effects = Ziggie.Actors.Domain.ServiceEffects;
using Inputs = Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Tests.Stories;

/// <summary>A runner looks for a run whose launch was begun by a daemon that died, and of which no process is left.</summary>
public sealed class InterruptedLaunchTests : IDisposable
{
    private const string RunId = "run";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _system = ActorSystem.Create("runner", ConfigurationFactory.ParseString(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", "akka.conf"))).WithFallback(ConfigurationFactory.Default()));

    private readonly FakeLauncher _processes = new();
    private readonly Channel<object> _told = Channel.CreateUnbounded<object>();

    public void Dispose() => _system.Terminate().Wait(Limit);

    [Fact]
    public async Task Without_a_mark_there_was_no_process()
    {
        var failed = Assert.IsType<Inputs.LaunchFailed>(await FindAsync());
        Assert.Equal((1, LaunchFailure.Interrupted), (failed.Generation, failed.Failure));
    }

    [Fact]
    public async Task With_a_mark_there_was_one_and_how_it_ended_is_not_known()
    {
        _processes.Marked.Add(RunId);

        var exited = Assert.IsType<Inputs.Exited>(await FindAsync());
        Assert.Equal((1, ExitStatus.Unknown), (exited.Generation, exited.Status));
    }

    private async Task<object> FindAsync()
    {
        var definition = DefinitionReader.ReadYaml("services:\n  web: { command: ./web }\n").Definitions[0];
        var parent = _system.ActorOf(Props.Create(() => new Service(Runtime(), _told.Writer)));
        parent.Tell(new Effects.FindRun(1, RunId, null, definition));
        using var limit = new CancellationTokenSource(Limit);
        return await _told.Reader.ReadAsync(limit.Token);
    }

    private ServiceRuntime Runtime() => new()
    {
        Launcher = _processes,
        Output = new FakeOutput(),
        Ports = new FakeNetwork(),
        Network = new FakeNetwork(),
        Commands = new FakeCommands(),
        Sockets = new FakeSockets(),
        Moments = new SystemMoments(TimeProvider.System),
        Feed = new Live.ServiceFeed(),
        Daemon = new ProcessIdentity(1, 1, ""),
        Environment = () => new Dictionary<string, string>(),
    };

    /// <summary>Passes on what it is asked to its runner, and what that tells to the test.</summary>
    private sealed class Service : ReceiveActor
    {
        public Service(ServiceRuntime runtime, ChannelWriter<object> told)
        {
            var writer = Context.ActorOf(LogWriter.Props(runtime.Output));
            var runner = Context.ActorOf(ProcessRunner.Props(runtime, writer));
            Receive<Effects.FindRun>(runner.Tell);
            ReceiveAny(input => told.TryWrite(input));
        }
    }
}
