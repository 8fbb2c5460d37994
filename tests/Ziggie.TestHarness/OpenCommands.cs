using Akka.Actor;
using Akka.Hosting;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Supervision;

namespace Ziggie.TestHarness;

/// <summary>
/// Commands that were given and are not over, and whom each waits for. An actor's answer reaches the task of whoever asked by way of the
/// thread pool, which on a busy machine takes its time: were the clock moved meanwhile, the story would go on for hours after its answer.
/// So it stands still until each command is over or waits for an actor.
/// </summary>
internal sealed class OpenCommands(IServiceControl inner) : IServiceControl
{
    private static readonly AsyncLocal<Ticket?> Current = new();

    private readonly Lock _gate = new();
    private readonly List<Ticket> _open = [];

    /// <summary>Nothing is on its way between an actor's answer and whoever waits for it.</summary>
    public bool AreAllWithActors()
    {
        lock (_gate)
        {
            _open.RemoveAll(ticket => ticket.Task.IsCompleted);
            return _open.TrueForAll(ticket => ticket.Questions > 0);
        }
    }

    /// <summary>The supervisor, with an eye on who was asked and has not answered.</summary>
    public static IRequiredActor<ServiceSupervisor> Watched(ActorRegistry registry) => new WatchedActor(registry);

    public Task<CommandReply> StartAsync(string service, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.StartAsync(service, by, cancellationToken));

    public Task<CommandReply> StopAsync(string service, TimeSpan? timeout, bool force, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.StopAsync(service, timeout, force, by, cancellationToken));

    public Task<CommandReply> RestartAsync(string service, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.RestartAsync(service, by, cancellationToken));

    public Task<IReadOnlyList<ServiceOutcome>> ActAsync(BulkAction action, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.ActAsync(action, by, cancellationToken));

    public Task<CommandReply> SignalAsync(string service, int signal, bool wholeTree, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.SignalAsync(service, signal, wholeTree, by, cancellationToken));

    public Task<CommandReply> CreateAsync(ServiceDefinition definition, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.CreateAsync(definition, by, cancellationToken));

    public Task<CommandReply> ReplaceAsync(
        string service, ServiceDefinition definition, bool takeOver, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.ReplaceAsync(service, definition, takeOver, by, cancellationToken));

    public Task<CommandReply> RemoveAsync(string service, bool force, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.RemoveAsync(service, force, by, cancellationToken));

    public Task<IReadOnlyList<string>> SeedAsync(
        IReadOnlyList<ServiceDefinition> definitions, string by, CancellationToken cancellationToken = default) =>
        Follow(() => inner.SeedAsync(definitions, by, cancellationToken));

    private Task<T> Follow<T>(Func<Task<T>> command)
    {
        var before = Current.Value;
        var ticket = Current.Value = new Ticket();
        try
        {
            var task = command();
            ticket.Task = task;
            lock (_gate) _open.Add(ticket);
            return task;
        }
        finally
        {
            Current.Value = before;
        }
    }

    private sealed class Ticket
    {
        private int _questions;

        public Task Task { get; set; } = Task.CompletedTask;

        /// <summary>How many actors were asked and have not answered.</summary>
        public int Questions => Volatile.Read(ref _questions);

        public void Asked() => Interlocked.Increment(ref _questions);

        public void Answered() => Interlocked.Decrement(ref _questions);
    }

    private sealed class WatchedActor(ActorRegistry registry) : IRequiredActor<ServiceSupervisor>
    {
        public IActorRef ActorRef => new Asked((IInternalActorRef)registry.Get<ServiceSupervisor>());

        public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
            new Asked((IInternalActorRef)await registry.GetAsync<ServiceSupervisor>(cancellationToken));
    }

    private sealed class Asked(IInternalActorRef actor) : MinimalActorRef
    {
        public override ActorPath Path => actor.Path;

        public override IActorRefProvider Provider => actor.Provider;

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (Current.Value is { } ticket && sender is IInternalActorRef asker and not Nobody)
            {
                ticket.Asked();
                actor.Tell(message, new Asker(asker, ticket));
            }
            else
            {
                actor.Tell(message, sender);
            }
        }
    }

    private sealed class Asker(IInternalActorRef asker, Ticket ticket) : MinimalActorRef
    {
        private int _isAnswered;

        public override ActorPath Path => asker.Path;

        public override IActorRefProvider Provider => asker.Provider;

        protected override void TellInternal(object message, IActorRef sender)
        {
            asker.Tell(message, sender);
            if (Interlocked.Exchange(ref _isAnswered, 1) == 0) ticket.Answered();
        }
    }
}
