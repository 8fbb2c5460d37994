using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Dashboard.Access;
using Ziggie.Processes;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>Where a variable comes from.</summary>
public enum VariableSource { Definition, File, Daemon, Ziggie }

/// <summary>One variable that a process gets.</summary>
/// <param name="Name">Of the variable.</param>
/// <param name="Value">As it may be shown; null when it is known only at the launch.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="File">The file, for those of a file.</param>
/// <param name="IsMasked">Whether the value, or a part of it, is a secret.</param>
/// <param name="Error">Why it cannot be had.</param>
/// <param name="IsExpanded">Stands otherwise in the definition: the value holds something of a file or of the daemon's own environment.</param>
public sealed record EnvironmentVariable(
    string Name, string? Value, VariableSource Source, string? File, bool IsMasked, string? Error = null, bool IsExpanded = false);

/// <summary>What the next start of a service would get.</summary>
/// <param name="Variables">By name.</param>
/// <param name="Errors">What keeps it from being started.</param>
public sealed record EnvironmentList(ImmutableArray<EnvironmentVariable> Variables, ImmutableArray<DefinitionError> Errors)
{
    public static EnvironmentList Of(ServiceView service, IDaemonEnvironment daemon)
    {
        var definition = service.Definition;
        var inherited = daemon.Variables();
        var (files, result) = Resolve(definition, inherited, daemon);
        var errors = result.Errors;
        if (result.Plan is null) (files, result) = Resolve(Without(definition, errors), inherited, daemon);

        var fromFiles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in files)
        {
            foreach (var (key, _) in EnvironmentFile.Parse(text).Entries) fromFiles[key] = path;
        }

        List<EnvironmentVariable> variables = [];
        foreach (var (name, value) in result.Plan?.Environment ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            var source = name == ServiceEnvironment.ServiceVariable ? VariableSource.Ziggie
                : definition.Env.ContainsKey(name) ? VariableSource.Definition
                : fromFiles.ContainsKey(name) ? VariableSource.File : VariableSource.Daemon;
            var shown = Shown(name, value);
            variables.Add(new(name, shown, source, source == VariableSource.File ? fromFiles[name] : null, shown != value,
                IsExpanded: source == VariableSource.Definition && definition.Env[name] != value));
        }

        foreach (var (name, value) in definition.Env)
        {
            if (errors.FirstOrDefault(e => e.Field == $"env.{name}") is not { } error) continue;
            variables.RemoveAll(v => v.Name == name);
            var shown = Shown(name, value);
            variables.Add(new(name, shown, VariableSource.Definition, null, shown != value, error.Message));
        }

        variables.Add(new(ProcessSpec.RunIdVariable, null, VariableSource.Ziggie, null, false));
        if (definition.EffectiveReady.Probe is Probe.Notify || definition.EffectiveHealth is { Probe: Probe.Notify })
            variables.Add(new("NOTIFY_SOCKET", null, VariableSource.Ziggie, null, false));
        return new([.. variables.OrderBy(v => v.Name, StringComparer.Ordinal)], errors);
    }

    private static (List<(string Path, string Text)> Files, LaunchPlanResult Result) Resolve(
        ServiceDefinition definition, IReadOnlyDictionary<string, string> inherited, IDaemonEnvironment daemon)
    {
        List<(string, string)> files = [];
        var result = ServiceEnvironment.Resolve(definition, inherited, path =>
        {
            var text = daemon.ReadFile(path);
            files.Add((path, text));
            return text;
        });
        return (files, result);
    }

    /// <summary>The same without what is wrong, so that the rest can be shown.</summary>
    private static ServiceDefinition Without(ServiceDefinition definition, ImmutableArray<DefinitionError> errors)
    {
        var wrong = errors.Select(e => e.Field).ToHashSet(StringComparer.Ordinal);
        return definition with
        {
            Command = ["/bin/true"],
            Shell = false,
            User = null,
            Cwd = wrong.Contains("cwd") ? null : definition.Cwd,
            Env = definition.Env.RemoveRange(definition.Env.Keys.Where(key => wrong.Contains($"env.{key}"))),
            EnvFile = wrong.Contains("env_file") ? [] : [.. definition.EnvFile.Where((_, at) => !wrong.Contains($"env_file[{at}]"))],
        };
    }

    private static string Shown(string name, string value) =>
        value.Length > 0 && SecretKeys.IsSecret(name) ? SecretKeys.Mask : SecretKeys.HideIn([value])[0];
}
