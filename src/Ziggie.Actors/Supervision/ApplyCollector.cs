using System.Collections.Immutable;
using Akka.Actor;
using Ziggie.Actors.Domain;

namespace Ziggie.Actors.Supervision;

/// <summary>
/// Gives the commands of one apply to the services and gathers what came of them, for whoever asked: at once when everything is
/// stored, or when every service has answered too.
/// </summary>
internal sealed class ApplyCollector : ReceiveActor
{
    private readonly Dictionary<string, CommandReply> _replies = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ServiceResult> _planned;
    private readonly int _expected;
    private readonly bool _waits;
    private IActorRef? _client;
    private bool _isStored;

    /// <param name="client">Null when nobody waits: after a restart of the daemon.</param>
    public ApplyCollector(IActorRef? client, bool waits, int expected, ImmutableArray<ServiceResult> planned)
    {
        (_client, _waits, _expected, _planned) = (client, waits, expected, planned);
        Receive<Give>(give => give.Service.Tell(give.Command, Context.ActorOf(NamedReply.Props(give.Name))));
        Receive<NamedReply.Message>(OnReply);
        Receive<Stored>(_ =>
        {
            _isStored = true;
            Conclude();
        });
    }

    public static Props Props(IActorRef? client, bool waits, int expected, ImmutableArray<ServiceResult> planned) =>
        Akka.Actor.Props.Create(() => new ApplyCollector(client, waits, expected, planned));

    protected override void PostStop() =>
        _client?.Tell(new CommandReply.Refused(RefusalCode.StoreFailed,
            "The store failed while the definitions were being applied; they are applied as soon as it works again. Check the disk that holds the home."));

    private void OnReply(NamedReply.Message message)
    {
        // The service reads the store again, and then is told once more.
        if (!_isStored && message.Reply is CommandReply.Refused { Code: RefusalCode.StoreFailed }) return;
        _replies[message.Service] = message.Reply;
        Conclude();
    }

    private void Conclude()
    {
        if (!_isStored) return;
        var isComplete = _replies.Count >= _expected;
        if (isComplete || !_waits) Answer();
        if (isComplete) Context.Stop(Self);
    }

    private void Answer()
    {
        _client?.Tell(new ConfigurationReply.Done([.. _planned.Select(r => r with { Reply = _replies.GetValueOrDefault(r.Change.Name) })], IsDryRun: false));
        _client = null;
    }

    /// <summary>A command for a service, whose reply comes back here.</summary>
    public sealed record Give(string Name, IActorRef Service, ServiceInputs.Command Command);

    /// <summary>Every definition is stored and every removed service is gone.</summary>
    public sealed record Stored;
}
