using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using Ziggie.Actors.Services;
using Ziggie.Processes;
using Ziggie.TestHarness.Fakes;

namespace Ziggie.TestHarness;

/// <summary>
/// A machine with Ziggie's actors on it, wired as in production, on which nothing is real but the actors: processes are fakes, the
/// journal is in memory, and time stands still until the story moves it. Not safe for use from several threads.
/// </summary>
public sealed class Machine : IDisposable
{
    private static readonly TimeSpan RealLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(2);

    private static readonly Config TestConfig = ConfigurationFactory.ParseString($$"""
        akka.scheduler.implementation = "{{typeof(VirtualScheduler).AssemblyQualifiedName}}"
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.loglevel = "WARNING"
        akka.actor.default-dispatcher { type = Dispatcher, executor = "{{typeof(Turns.Executor).AssemblyQualifiedName}}" }
        akka.actor.internal-dispatcher = akka.actor.default-dispatcher
        ziggie.blocking-dispatcher = akka.actor.default-dispatcher
        """);

    private readonly IHost _host;
    private readonly ActorSystem _system;
    private readonly IActorRefProvider _provider;
    private readonly FakeMoments _moments;
    private readonly OpenCommands _commands;

    public Machine()
    {
        _moments = new FakeMoments(() => Scheduler);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(provider => new ServiceRuntime
        {
            Launcher = Processes,
            Output = Output,
            Ports = Network,
            Network = Network,
            Commands = Commands,
            Sockets = Sockets,
            Moments = _moments,
            Feed = provider.GetRequiredService<ServiceFeed>(),
            Daemon = new ProcessIdentity(1, 1, FakeMoments.BootId),
            Environment = () => new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = "/story" },
            ReadFile = path => throw new FileNotFoundException($"There is no file {path} in this story."),
        });
        builder.Services.AddZiggieActors();
        builder.Services.AddSingleton(provider => OpenCommands.Watched(provider.GetRequiredService<ActorRegistry>()));
        builder.Services.AddAkka("story", akka => akka
            .AddHocon(TestConfig, HoconAddMode.Prepend)
            .AddHocon(ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", "akka.conf"))), HoconAddMode.Append)
            .WithZiggieActors());
        _host = builder.Build();
        _host.Start();
        _system = _host.Services.GetRequiredService<ActorSystem>();
        _provider = ((ExtendedActorSystem)_system).Provider;
        Control = _commands = new OpenCommands(_host.Services.GetRequiredService<IServiceControl>());
        Feed = _host.Services.GetRequiredService<IServiceFeed>();
        Reports = _host.Services.GetRequiredService<IServiceReports>();
        Answer(_host.Services.GetRequiredService<IServiceLifetime>().WhenRecoveredAsync(CancellationToken.None));
    }

    /// <summary>The process table.</summary>
    public FakeLauncher Processes { get; } = new();

    public FakeNetwork Network { get; } = new();

    /// <summary>What the commands of probes come to.</summary>
    public FakeCommands Commands { get; } = new();

    /// <summary>What services say by sd_notify.</summary>
    public FakeSockets Sockets { get; } = new();

    /// <summary>What services print.</summary>
    public FakeOutput Output { get; } = new();

    public IServiceControl Control { get; }

    public IServiceFeed Feed { get; }

    /// <summary>What somebody who watches all services has seen.</summary>
    public IServiceReports Reports { get; }

    /// <summary>The beginning and the end of all services together.</summary>
    public IServiceLifetime Lifetime => _host.Services.GetRequiredService<IServiceLifetime>();

    /// <summary>Time since the machine was made.</summary>
    public TimeSpan Now => Scheduler.Elapsed;

    internal VirtualScheduler Scheduler => (VirtualScheduler)_system.Scheduler;

    /// <summary>Somebody sets the wall clock.</summary>
    public void SetClockForward(TimeSpan by) => _moments.ClockError += by;

    /// <summary>A service, from the YAML of its definition without the name.</summary>
    public ServiceStory Given(string name, string yaml = "command: sleep infinity")
    {
        var indented = string.Join('\n', yaml.ReplaceLineEndings("\n").Split('\n').Select(line => "    " + line));
        var read = DefinitionReader.ReadYaml($"services:\n  {name}:\n{indented}\n");
        if (!read.IsValid) throw new StoryException($"The definition of '{name}' is not valid: {string.Join(" ", read.Errors.Select(e => $"{e.Field}: {e.Message}"))}");
        if (Answer(Control.CreateAsync(read.Definitions[0], "story")) is CommandReply.Refused refused) throw new StoryException(refused.Detail);
        return new ServiceStory(this, name);
    }

    /// <summary>Time passes: whatever falls due happens in its order, and everybody has reacted before the clock moves on.</summary>
    public void Pass(TimeSpan time) => Scheduler.Turns.Hold(() =>
    {
        var end = Now + time;
        SettleAll();
        while (Scheduler.NextDue is { } due && due <= end)
        {
            Scheduler.MoveTo(due);
            SettleAll();
        }
        Scheduler.MoveTo(end);
        SettleAll();
    });

    /// <summary>Until nobody has anything left to do at this moment.</summary>
    public void Settle() => Scheduler.Turns.Hold(SettleAll);

    /// <summary>What needs no virtual time to pass, only the actors' own work.</summary>
    public static T Answer<T>(Task<T> task) =>
        task.Wait(RealLimit) ? task.Result : throw Vain();

    private void SettleAll()
    {
        var quietRounds = 0;
        var before = Activity();
        while (quietRounds < 3)
        {
            Flush("/user/services/registry");
            foreach (var id in Feed.Current.Services.Values.Select(s => s.Id)) Flush($"/user/services/registry/service-{id}/service");
            if (!Scheduler.Turns.RunUntil(_commands.AreAllWithActors, RealLimit)) throw Vain();
            var after = Activity();
            quietRounds = after == before ? quietRounds + 1 : 0;
            before = after;
        }
    }

    private static StoryException Vain() => new($"Nothing came within {RealLimit.TotalSeconds} real seconds.");

    public void Dispose()
    {
        _host.StopAsync().Wait(RealLimit);
        _host.Dispose();
    }

    private (long, long, int) Activity() => (Feed.Current.Sequence, Scheduler.Scheduled, Processes.All.Count);

    /// <summary>A part that fails loses what was on its way through it, so this asks again; who is stopped just now has nothing to do.</summary>
    private void Flush(string path)
    {
        var began = Stopwatch.GetTimestamp();
        while (_provider.ResolveActorRef($"{_provider.RootPath}{path[1..]}") is var actor && !actor.IsNobody() && actor is not EmptyLocalActorRef)
        {
            var answer = new FlushAnswer(_provider);
            actor.Tell(new ServiceProtocol.Flush(), answer);
            if (Scheduler.Turns.RunUntil(() => answer.HasCome, FlushLimit)) return;
            if (Stopwatch.GetElapsedTime(began) > RealLimit) throw Vain();
        }
    }

    /// <summary>An <c>Ask</c> goes by way of the thread pool, and this does not.</summary>
    private sealed class FlushAnswer(IActorRefProvider provider) : MinimalActorRef
    {
        private volatile bool _hasCome;

        public bool HasCome => _hasCome;

        public override ActorPath Path { get; } = provider.TempPath();

        public override IActorRefProvider Provider => provider;

        protected override void TellInternal(object message, IActorRef sender) => _hasCome |= message is ServiceProtocol.Flushed;
    }
}
