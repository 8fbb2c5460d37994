using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>Hides the secrets of a definition, and puts them back when a client returns what it was shown.</summary>
public static class DefinitionMask
{
    private static readonly IReadOnlyDictionary<string, string> None = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// The definition as it may be shown: values under secret keys of env and headers, passwords in URLs and secret options of commands
    /// are replaced by <see cref="SecretKeys.Mask"/>.
    /// </summary>
    public static ServiceDefinition Apply(ServiceDefinition definition) => definition with
    {
        Command = SecretText.Hide(definition.Command),
        Env = Hide(definition.Env),
        Labels = Hide(definition.Labels),
        Ready = definition.Ready is { } ready ? ready with { Probe = Hide(ready.Probe) } : null,
        Health = definition.Health is { } health ? health with { Probe = Hide(health.Probe) } : null,
    };

    /// <summary>Every value that still is what <see cref="Apply"/> showed gets the old definition's secret again.</summary>
    /// <param name="definition">What the client sent.</param>
    /// <param name="old">What the service has now; null when it is new.</param>
    /// <returns>The definition with its secrets, or an error for each mask that hides nothing known.</returns>
    public static DefinitionResult Restore(ServiceDefinition definition, ServiceDefinition? old)
    {
        var errors = new List<DefinitionError>();
        var restored = definition with
        {
            Command = Restore(definition.Command, old?.Command ?? [], "command", errors),
            Env = Restore(definition.Env, old?.Env ?? None, "env", errors),
            Labels = Restore(definition.Labels, old?.Labels ?? None, "labels", errors),
            Ready = definition.Ready is { } ready ? ready with { Probe = Restore(ready.Probe, old?.Ready?.Probe, "ready", errors) } : null,
            Health = definition.Health is { } health ? health with { Probe = Restore(health.Probe, old?.Health?.Probe, "health", errors) } : null,
        };
        return errors.Count > 0
            ? new DefinitionResult([], [.. errors.Select(e => e with { Service = definition.Name })])
            : new DefinitionResult([restored], []);
    }

    private static string HideValue(string key, string value) =>
        value.Length > 0 && SecretKeys.IsSecret(key) ? SecretKeys.Mask : SecretText.Hide(value);

    private static ImmutableSortedDictionary<string, string> Hide(ImmutableSortedDictionary<string, string> values) =>
        values.ToImmutableSortedDictionary(e => e.Key, e => HideValue(e.Key, e.Value), StringComparer.Ordinal);

    private static Probe Hide(Probe probe) => probe switch
    {
        Probe.Http http => http with { Url = SecretText.Hide(http.Url), Headers = Hide(http.Headers) },
        Probe.Exec exec => exec with { Command = SecretText.Hide(exec.Command) },
        _ => probe,
    };

    private static Probe Restore(Probe probe, Probe? old, string field, List<DefinitionError> errors) => probe switch
    {
        Probe.Http http => http with
        {
            Url = Restore(http.Url, (old as Probe.Http)?.Url, SecretText.Hide, $"{field}.http.url", errors),
            Headers = Restore(http.Headers, (old as Probe.Http)?.Headers ?? None, $"{field}.http.headers", errors),
        },
        Probe.Exec exec => exec with { Command = Restore(exec.Command, (old as Probe.Exec)?.Command ?? [], $"{field}.exec", errors) },
        _ => probe,
    };

    private static ImmutableSortedDictionary<string, string> Restore(
        ImmutableSortedDictionary<string, string> values, IReadOnlyDictionary<string, string> old, string field, List<DefinitionError> errors) =>
        values.ToImmutableSortedDictionary(
            e => e.Key,
            e => Restore(e.Value, old.GetValueOrDefault(e.Key), v => HideValue(e.Key, v), $"{field}.{e.Key}", errors),
            StringComparer.Ordinal);

    /// <summary>A word is looked for at its old place first, then anywhere, as long as only one secret can be meant.</summary>
    private static ImmutableArray<string> Restore(
        ImmutableArray<string> words, ImmutableArray<string> old, string field, List<DefinitionError> errors)
    {
        var shown = SecretText.Hide(old);
        return [.. words.Select((word, at) =>
        {
            if (!word.Contains(SecretKeys.Mask)) return word;
            var before = at > 0 ? words[at - 1] : null;
            if (at < old.Length && shown[at] == word && (at == 0 || shown[at - 1] == before)) return old[at];
            var same = Enumerable.Range(0, old.Length)
                .Where(i => shown[i] == word && (word != SecretKeys.Mask || (i > 0 && shown[i - 1] == before)))
                .Select(i => old[i]).Distinct().ToList();
            return Restore(word, same.Count == 1 ? same[0] : null, _ => word, field, errors);
        })];
    }

    private static string Restore(string value, string? old, Func<string, string> hide, string field, List<DefinitionError> errors)
    {
        if (!value.Contains(SecretKeys.Mask)) return value;
        if (old is not null && hide(old) == value) return old;
        errors.Add(new DefinitionError(field, $"Holds {SecretKeys.Mask}, which hides no value known here; write the value itself."));
        return value;
    }
}
