using System.Collections.Immutable;
using Akka.Actor;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using static Ziggie.Actors.Supervision.SupervisorCommands;

namespace Ziggie.Actors.Supervision;

/// <summary>How services come and change: names are unique, and what depends on each other must make sense together.</summary>
internal sealed partial class ServiceSupervisor
{
    private void OnCreate(Create create)
    {
        var replyTo = Sender;
        if (Refuse(create.Definition, old: null, out var definition) is { } refused)
        {
            replyTo.Tell(refused);
            return;
        }
        var id = _registry.LastId + 1;
        Store(new RegistryEvents.Registered(id, definition.Name, _runtime.Moments.Take().Now), replyTo, () =>
        {
            _creating.Add(id);
            _definitions[definition.Name] = definition;
            _origins[definition.Name] = create.Origin;
            var service = Spawn(id, definition.Name);
            service.Tell(new ServiceInputs.Define(definition, create.By, create.Origin), replyTo);
            if (definition.Name == DaemonService.Name) Appear(service);
        });
    }

    private void OnReplace(Replace replace)
    {
        if (Find(replace.Service) is not { } id)
        {
            Sender.Tell(Unknown(replace.Service));
            return;
        }
        var name = _registry.Services[id];
        if (replace.Definition.Name != name)
        {
            Sender.Tell(new CommandReply.Refused(RefusalCode.Conflict,
                $"Service '{name}' cannot be renamed to '{replace.Definition.Name}'. Create a new one and remove the old."));
            return;
        }
        if (Refuse(replace.Definition, _definitions.GetValueOrDefault(name), out var definition) is { } refused)
        {
            Sender.Tell(refused);
            return;
        }
        if (!replace.TakesOver && Origins.FileOf(OriginOf(name)) is { } file)
        {
            Sender.Tell(Planner.ManagedByFile(name, file));
            return;
        }
        _definitions[name] = definition;
        // What is applied by sets stays with its set, which puts it right the next time.
        _origins[name] = Origins.IsApplied(OriginOf(name)) ? OriginOf(name) : Origins.Api;
        _services[id].Tell(new ServiceInputs.Define(definition, replace.By, _origins[name]), Sender);
    }

    /// <param name="asked">May hold masks, from a client that sends back what it was shown.</param>
    /// <param name="old">What it replaces; null when it is to be new.</param>
    /// <param name="definition">What was asked for, with its secrets.</param>
    private CommandReply.Refused? Refuse(ServiceDefinition asked, ServiceDefinition? old, out ServiceDefinition definition)
    {
        definition = asked;
        if (IsStopping) return IsStoppingReply;
        if (IsApplying) return IsApplyingReply;
        if (old is null && _ids.TryGetValue(asked.Name, out var taken))
        {
            return new CommandReply.Refused(RefusalCode.Conflict,
                $"Service '{asked.Name}' exists already (id {taken}). Replace it with PUT, or choose another name.");
        }
        if (old is null && ServiceName.RefuseNew(asked.Name) is { } why) return Invalid([new DefinitionError("name", why, asked.Name)]);
        var restored = DefinitionMask.Restore(asked, old);
        if (!restored.IsValid) return Invalid(restored.Errors);
        definition = restored.Definitions[0];
        // Only what this definition brings about is its fault.
        var before = new DependencyGraph(_definitions.Values).FindProblems();
        var after = new DependencyGraph([.. _definitions.Values.Where(d => d.Name != asked.Name), definition]).FindProblems();
        var problems = after.Except(before).ToList();
        return problems.Count == 0 ? null : Invalid([.. problems]);
    }

    private static CommandReply.Refused Invalid(ImmutableArray<DefinitionError> errors) =>
        new(RefusalCode.InvalidDefinition, string.Join(" ", errors.Select(e => e.Message)), errors);
}
