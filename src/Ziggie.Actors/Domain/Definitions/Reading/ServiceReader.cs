using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Reads one service.</summary>
internal static class ServiceReader
{
    private const string NameRule = "1 to 100 letters (a-z), digits, _ or -";

    /// <param name="name">The name from outside: a key of <c>services</c>, or the route; null when the map must give it.</param>
    /// <param name="place">Where that name stands.</param>
    /// <returns>Null after errors.</returns>
    public static ServiceDefinition? Read(ReadContext context, Node node, string? name, Place place)
    {
        var before = context.Errors.Count;
        if (node is not MapNode map)
        {
            context.Service = name;
            context.RefuseKind(node, "", "a map with the service's keys, 'command' at least");
            return null;
        }

        context.Service = name ?? (map.Entries.FirstOrDefault(e => e.Key == "name")?.Value as ScalarNode)?.Text;
        var section = new Section(context, map, "", "service");
        var definition = ReadKeys(context, section, ReadName(context, section, name, place));
        section.Finish();
        CheckTogether(context, section, definition);
        return context.Errors.Count > before ? null : definition;
    }

    private static ServiceDefinition ReadKeys(ReadContext context, Section section, string name)
    {
        var description = section.Object("description", (n, p) => context.AnyText(n, p, "a text", loose: false, max: 500));
        var command = section.Take("command");
        var shell = section.Boolean("shell") ?? false;
        if (command is null) context.Refuse(section.Map, "command", "Is missing; write the program and its arguments.");
        // To YAML a bare ~ is null; whoever writes it here means the home folder.
        var cwd = section.TakeWritten("cwd") is ScalarNode { IsNull: true, Text: "~" }
            ? "~" : section.Object("cwd", (n, p) => PathReader.Cwd(context, n, p));
        var hasCwd = cwd is not null || section.Take("cwd") is not null;
        return new ServiceDefinition
        {
            Name = name,
            Description = string.IsNullOrEmpty(description) ? null : description,
            Command = command is null ? [] : CommandReader.Read(context, command, "command", shell),
            Shell = shell,
            Cwd = cwd,
            Env = section.Object("env", (n, p) => Env(context, n, p)) ?? Empty,
            EnvFile = section.Value<ImmutableArray<string>>("env_file", (n, p) => EnvFiles(context, n, p, hasCwd)) ?? [],
            User = section.Object("user", (n, p) => User(context, n, p)),
            Umask = section.Value("umask", (n, p) => Umask(context, n, p)),
            Port = section.Integer("port", 1, 65535),
            IsSystem = section.Boolean("is_system") ?? false,
            Groups = section.Value<ImmutableArray<string>>("groups", (n, p) => Groups(context, n, p)) ?? [],
            Labels = section.Object("labels", (n, p) => Labels(context, n, p)) ?? Empty,
            Autostart = section.Boolean("autostart") ?? false,
            Ready = section.Object("ready", (n, p) => PolicyReader.Ready(context, n, p)),
            Health = section.Object("health", (n, p) => PolicyReader.Health(context, n, p)),
            Restart = section.Object("restart", (n, p) => PolicyReader.Restart(context, n, p)) ?? RestartPolicy.Default,
            Stop = section.Object("stop", (n, p) => PolicyReader.Stop(context, n, p)) ?? StopPolicy.Default,
            DependsOn = section.Object("depends_on", (n, p) => DependencyReader.Read(context, n, p, name))
                ?? ImmutableSortedDictionary<string, DependencyCondition>.Empty,
            RestartDependents = section.Boolean("restart_dependents") ?? false,
            Schedule = section.Object("schedule", (n, p) => SettingsReader.Schedule(context, n, p)),
            Limits = section.Object("limits", (n, p) => SettingsReader.Limits(context, n, p)),
            Logs = section.Object("logs", (n, p) => SettingsReader.Logs(context, n, p)) ?? LogPolicy.Default,
        };
    }

    private static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    private static string ReadName(ReadContext context, Section section, string? outer, Place place)
    {
        var node = section.Take("name");
        var inner = node is null ? null : context.AnyText(node, "name", $"a name of {NameRule}", loose: false);
        var own = "";
        var name = "";
        if (outer is not null && !ServiceName.TryNormalize(outer, out name))
            context.Refuse(place, "name", $"{ReadContext.Quote(outer)} is no name of a service; write {NameRule}.");
        else if (inner is not null && !ServiceName.TryNormalize(inner, out own))
            context.Refuse(node!, "name", $"{ReadContext.Quote(inner)} is no name of a service; write {NameRule}.");
        else if (inner is not null && outer is not null && own != name)
            context.Refuse(node!, "name", $"{ReadContext.Quote(inner)} is another name than {ReadContext.Quote(name)}, under which the service stands; leave it out or make them equal.");
        else if (inner is not null)
            name = own;
        else if (outer is null && node is null)
            context.Refuse(section.Map, "name", $"Is missing; write {NameRule}.");
        if (name.Length > 0) context.Service = name;
        return name;
    }

    private static ImmutableSortedDictionary<string, string> Env(ReadContext context, Node node, string path)
    {
        var env = context.TextMap(node, path, EnvironmentNameProblem, listAllowed: true);
        foreach (var (key, value) in env)
        {
            if (EnvironmentExpander.FindSyntaxError(value) is { } error) context.Refuse(node, ReadContext.Below(path, key), error);
        }

        return env;
    }

    private static string? EnvironmentNameProblem(string name) => name switch
    {
        "" => "The name of a variable is empty.",
        ProcessSpec.RunIdVariable or ServiceEnvironment.ServiceVariable => $"{name} is set by the daemon itself; choose another name.",
        { Length: > 200 } => "The name of a variable is longer than 200 characters.",
        _ when name.Contains('=') || name.Any(char.IsControl) => $"{ReadContext.Quote(name)} is no name of a variable; '=' and control characters are not allowed.",
        _ => null,
    };

    private static ImmutableArray<string> EnvFiles(ReadContext context, Node node, string path, bool hasCwd) =>
        context.TextList(node, path, "a file, or a list of files", (n, p) => PathReader.EnvFile(context, n, p, hasCwd));

    private static string? User(ReadContext context, Node node, string path)
    {
        const string expected = "the name or the number of a user";
        if (context.Scalar(node, path, expected, ScalarKind.Text, ScalarKind.Number) is not { } text) return null;
        var hasVariable = text.Contains("${", StringComparison.Ordinal) && EnvironmentExpander.FindSyntaxError(text) is null;
        var isPlain = text.All(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && c is not (':' or '/' or '$'));
        if (text.Length is > 0 and <= 100 && (hasVariable || isPlain)) return text;
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        return null;
    }

    private static int? Umask(ReadContext context, Node node, string path)
    {
        const string expected = "an octal mask from 0000 to 0777, such as 0027";
        if (context.Scalar(node, path, expected, ScalarKind.Text, ScalarKind.Number) is not { } text) return null;
        if (UmaskText.TryParse(text, out var umask)) return umask;
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        return null;
    }

    private static ImmutableArray<string> Groups(ReadContext context, Node node, string path) =>
        [.. context.TextList(node, path, "a name, or a list of names", (n, p) => Group(context, n, p)).Distinct()];

    private static string? Group(ReadContext context, Node node, string path)
    {
        if (context.AnyText(node, path, $"a name of {NameRule}", loose: false) is not { } text) return null;
        if (ServiceName.TryNormalize(text, out var group)) return group;
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is no name of a group; write {NameRule}.");
        return null;
    }

    private static ImmutableSortedDictionary<string, string> Labels(ReadContext context, Node node, string path) =>
        context.TextMap(node, path, LabelProblem, listAllowed: true, longestValue: 500);

    private static string? LabelProblem(string key) =>
        key.Length is > 0 and <= 100 && key.All(c => char.IsAsciiLetterOrDigit(c) || "_-./".Contains(c))
            ? null : $"{ReadContext.Quote(key)} is no name of a label; write 1 to 100 letters, digits, _, -, . or /.";

    private static void CheckTogether(ReadContext context, Section section, ServiceDefinition definition)
    {
        if (section.Take("port") is not null) return;
        const string message = "Asks for the service's own port, but 'port' is not written; write it, or probe with tcp.";
        if (definition.Ready?.Probe is Probe.OwnPort) context.Refuse(section.Take("ready")!, "ready", message);
        if (definition.Health?.Probe is Probe.OwnPort) context.Refuse(section.Take("health")!, "health", message);
    }
}
