using System.Text.Json.Nodes;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Actors.Domain.Definitions.Writing;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>Writes a definition in the vocabulary that <see cref="DefinitionReader"/> reads.</summary>
public static class DefinitionWriter
{
    /// <summary>Only what differs from the defaults, secrets in the clear: for the store and for comparing two definitions.</summary>
    public static JsonObject WriteCompact(ServiceDefinition definition) => Write(definition, full: false);

    /// <summary>Every key with the value in force, secrets masked: for people.</summary>
    public static JsonObject WriteFull(ServiceDefinition definition) => Write(DefinitionMask.Apply(definition), full: true);

    /// <summary>Every key with the value in force, secrets in the clear: to find out what differs, never to be shown.</summary>
    internal static JsonObject WriteClear(ServiceDefinition definition) => Write(definition, full: true);

    /// <summary>A YAML file with this one service: only what differs from the defaults, secrets in the clear.</summary>
    public static string WriteYaml(ServiceDefinition definition)
    {
        var service = WriteCompact(definition);
        service.Remove("name");
        return WriteYaml(definition.Name, service);
    }

    /// <summary>The same of keys that need not be valid.</summary>
    /// <param name="name">The service.</param>
    /// <param name="keys">Its keys without the name; belongs to no other object.</param>
    public static string WriteYaml(string name, JsonObject keys) =>
        YamlText.Write(new JsonObject { ["services"] = new JsonObject { [name] = keys } });

    /// <summary>The command as one line, secrets masked: for lists and tables.</summary>
    public static string CommandLine(ServiceDefinition definition)
    {
        var shown = SecretText.Hide(definition.Command);
        return definition.Shell ? shown[0] : ShellWords.Join(shown);
    }

    private static JsonObject Write(ServiceDefinition definition, bool full)
    {
        var section = new JsonSection(full);
        section.Add("name", definition.Name);
        section.Add("description", definition.Description);
        section.Add("command", definition.Shell ? JsonSection.Node(definition.Command[0]) : JsonSection.List(definition.Command), isDefault: false);
        section.Add("shell", definition.Shell, false);
        section.Add("cwd", definition.Cwd);
        section.AddMap("env", definition.Env);
        section.AddList("env_file", definition.EnvFile);
        section.Add("user", definition.User);
        section.Add("umask", definition.Umask is { } umask ? UmaskText.Format(umask) : null);
        section.Add("port", definition.Port is { } port ? JsonValue.Create(port) : null, definition.Port is null);
        section.Add("is_system", definition.IsSystem, false);
        section.AddList("groups", definition.Groups);
        section.AddMap("labels", definition.Labels);
        section.Add("autostart", definition.Autostart, false);
        AddPolicies(section, definition);
        return section.Result;
    }

    private static void AddPolicies(JsonSection section, ServiceDefinition definition)
    {
        var full = section.Full;
        var ready = full ? definition.EffectiveReady : definition.Ready;
        var health = full ? definition.EffectiveHealth : definition.Health;
        var restart = PolicyWriter.Restart(definition.Restart, full);
        var stop = PolicyWriter.Stop(definition.Stop, full);
        var logs = PolicyWriter.Logs(definition.Logs, full);
        section.Add("ready", ready is null ? null : PolicyWriter.Ready(ready, full), ready is null);
        // "none" also in full: without it, what is sent back as it came would look at the port again.
        if (definition.Health is { Probe: Probe.None }) section.Add("health", JsonSection.Node("none"), isDefault: false);
        else section.Add("health", health is null ? null : PolicyWriter.Health(health, full), health is null);
        section.Add("restart", restart, restart.Count == 0);
        section.Add("stop", stop, stop.Count == 0);
        section.AddMap("depends_on", definition.DependsOn.Select(d => KeyValuePair.Create(d.Key, Words.Condition.TextOf(d.Value))));
        section.Add("restart_dependents", definition.RestartDependents, false);
        section.Add("schedule", definition.Schedule is { } schedule ? PolicyWriter.Schedule(schedule, full) : null, definition.Schedule is null);
        section.Add(
            "limits", full || definition.Limits is not null ? PolicyWriter.Limits(definition.Limits ?? new LimitsPolicy(), full) : null,
            definition.Limits is null);
        section.Add("logs", logs, logs.Count == 0);
    }
}
