namespace Ziggie.Actors.Domain;

/// <summary>A decision while it is being made: each event is applied as it is added, so that the rest of the decision sees it.</summary>
internal sealed class Step(ServiceState state, Moment moment)
{
    private readonly List<IServiceEvent> _events = [];
    private readonly List<ServiceEffect> _effects = [];

    public ServiceState State { get; private set; } = state;

    public Moment Moment { get; } = moment;

    public DateTimeOffset Now => Moment.Now;

    public string Name => State.Definition?.Name ?? "";

    public CommandReply? Reply { get; set; }

    public void Add(IServiceEvent happened)
    {
        _events.Add(happened);
        State = ServiceCore.Evolve(State, happened);
    }

    public void Do(ServiceEffect effect) => _effects.Add(effect);

    public void Refuse(RefusalCode code, string detail) => Reply = new CommandReply.Refused(code, detail);

    public Decision ToDecision() => new([.. _events], [.. _effects], Reply);
}
