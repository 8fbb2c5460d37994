using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Domain.Configuration;

/// <summary>Compares a set with what there is. The same for a plan and for what is then applied.</summary>
public static class Planner
{
    /// <param name="current">Every service there is, by name.</param>
    /// <param name="set">What is to be.</param>
    public static Plan Make(IReadOnlyDictionary<string, Declaration> current, DeclarationSet set)
    {
        if (FindForeign(current, set) is { } foreign) return new Plan([], foreign);

        var errors = new List<DefinitionError>();
        var changes = new SortedDictionary<string, PlannedChange>(StringComparer.Ordinal);
        foreach (var declared in set.Services)
        {
            var now = current.GetValueOrDefault(declared.Definition.Name);
            var restored = DefinitionMask.Restore(declared.Definition, now?.Definition);
            var file = Origins.FileOf(declared.Origin);
            if (now is null && ServiceName.RefuseNew(declared.Definition.Name) is { } why)
                errors.Add(new DefinitionError("name", why, declared.Definition.Name, declared.Line, declared.Column, file));
            errors.AddRange(restored.Errors.Select(e => e with { File = file, Line = declared.Line, Column = declared.Column }));
            var next = restored.IsValid ? declared with { Definition = restored.Definitions[0] } : declared;
            changes[next.Definition.Name] = Compare(now, next);
        }

        foreach (var (name, now) in current.Where(s => Origins.SetOf(s.Value.Origin) == set.Set && !changes.ContainsKey(s.Key)))
            changes[name] = Leave(name, now);

        errors.AddRange(FindProblems(current, changes));
        return errors.Count > 0
            ? new Plan([], Invalid([.. errors]))
            : new Plan([.. changes.Values]);
    }

    private static PlannedChange Compare(Declaration? now, Declaration next)
    {
        var keys = now is null ? [] : KeyChanges.Between(now.Definition, next.Definition);
        return new PlannedChange
        {
            Name = next.Definition.Name,
            Action = now is null ? PlannedAction.Added
                : keys.IsEmpty && now.Origin == next.Origin ? PlannedAction.Unchanged
                : PlannedAction.Changed,
            Now = now,
            Next = next,
            Keys = keys,
            NeedsRestart = now is not null && DefinitionComparer.NeedsRestart(now.Definition, next.Definition),
        };
    }

    /// <summary>The service that shows the daemon cannot be removed; it is only let go.</summary>
    private static PlannedChange Leave(string name, Declaration now) => name == DaemonService.Name
        ? Compare(now, now with { Origin = Origins.Api })
        : new PlannedChange { Name = name, Action = PlannedAction.Removed, Now = now };

    /// <summary>A set takes over what people and the seeds have made. What belongs to another set stays there: two would fight over it.</summary>
    private static CommandReply.Refused? FindForeign(IReadOnlyDictionary<string, Declaration> current, DeclarationSet set)
    {
        if (set.Force || set.Set == Origins.Files) return null;
        foreach (var name in set.Services.Select(s => s.Definition.Name).Order(StringComparer.Ordinal))
        {
            var origin = current.GetValueOrDefault(name)?.Origin ?? Origins.Api;
            if (Origins.SetOf(origin) == set.Set) continue;
            if (Origins.FileOf(origin) is { } file) return ManagedByFile(name, file);
            if (Origins.IsApplied(origin))
            {
                return new CommandReply.Refused(RefusalCode.Conflict,
                    $"Service '{name}' belongs to {origin}. Apply with that source, or take the service over with force=true.");
            }
        }

        return null;
    }

    public static CommandReply.Refused ManagedByFile(string name, string file) => new(RefusalCode.ManagedByFile,
        $"Service '{name}' is defined in {file}. Change it there, or take it over with force=true until that file is applied again.");

    /// <summary>Only what the set brings about is its fault.</summary>
    private static IEnumerable<DefinitionError> FindProblems(
        IReadOnlyDictionary<string, Declaration> current, IReadOnlyDictionary<string, PlannedChange> changes)
    {
        var after = current.Where(s => !changes.ContainsKey(s.Key)).Select(s => s.Value)
            .Concat(changes.Values.Select(c => c.Next).OfType<Declaration>())
            .ToDictionary(s => s.Definition.Name, StringComparer.Ordinal);
        var before = new DependencyGraph([.. current.Values.Select(s => s.Definition)]).FindProblems();
        return new DependencyGraph([.. after.Values.Select(s => s.Definition)]).FindProblems().Except(before)
            .Select(e => (Error: e, Of: after[e.Service!]))
            .Select(e => e.Error with { File = Origins.FileOf(e.Of.Origin), Line = e.Of.Line, Column = e.Of.Column });
    }

    private static CommandReply.Refused Invalid(ImmutableArray<DefinitionError> errors) => new(RefusalCode.InvalidDefinition,
        string.Join(" ", errors.Select(e => e.Service is null ? e.Message : $"{e.Service}: {e.Message}")), errors);
}
