using System.Collections.Immutable;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>
/// Makes a definition ready to be launched: gathers the environment and expands <c>${VAR}</c>.
/// <list type="bullet">
/// <item>The child's environment is the daemon's (without what is meant for the daemon alone), then each env_file, then env,
/// then ZIGGIE_SERVICE with the service's name. No PORT is set: write <c>env: { PORT: "5000" }</c> for a program that wants it.</item>
/// <item>Values of env look variables up in the env_files, then in the daemon's environment; the command, cwd, user and probes
/// look in the child's whole environment; env_file paths in the daemon's.</item>
/// <item>A command with <c>shell: true</c> goes to <c>/bin/sh -c</c> as it is written: the shell expands it, by its own rules.</item>
/// </list>
/// </summary>
public static class ServiceEnvironment
{
    /// <summary>Holds the service's name in its environment.</summary>
    public const string ServiceVariable = "ZIGGIE_SERVICE";

    /// <summary>
    /// What a service manager, or the person who starts the daemon, tells the daemon alone. A child that inherited ASPNETCORE_URLS would
    /// fight for the daemon's own port, one that inherited NOTIFY_SOCKET would report in its name.
    /// </summary>
    private static readonly HashSet<string> DaemonOnly =
    [
        ProcessSpec.RunIdVariable, ServiceVariable, "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES",
        "JOURNAL_STREAM", "INVOCATION_ID", "MAINPID", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "DOTNET_LAUNCH_PROFILE",
    ];

    /// <summary>
    /// Settings of the daemon, such as Notifications__0__Secret and Persistence__ConnectionString, and whom and under what name it tells of
    /// itself: a service that reports somewhere says so in its own env.
    /// </summary>
    private static readonly string[] DaemonSettings =
    [
        "Auth__", "Config__", "History__", "Keeper__", "Listen__", "Logs__", "Notifications__", "Persistence__", "RateLimits__", "Sampling__", "Shutdown__",
        "Signals__", "WebSocket__", "OTEL_",
    ];

    /// <param name="definition">The definition.</param>
    /// <param name="daemonEnvironment">The daemon's own environment.</param>
    /// <param name="readFile">Reads a text file; may throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    public static LaunchPlanResult Resolve(
        ServiceDefinition definition, IReadOnlyDictionary<string, string> daemonEnvironment, Func<string, string> readFile)
    {
        var errors = new List<DefinitionError>();
        var inherited = daemonEnvironment.Where(e => MayInherit(e.Key)).ToImmutableSortedDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        var env = inherited.ToBuilder();

        var cwdBase = definition.EnvFile.IsEmpty ? null : ExpandPath(definition.Cwd, "cwd", inherited, definition.Env, []);
        foreach (var (file, at) in definition.EnvFile.Select((f, i) => (f, i)))
            AddFile(ExpandPath(file, "env_file", inherited, null, errors), cwdBase, definition.EnvFile.Length > 1 ? $"env_file[{at}]" : "env_file");

        var known = env.ToImmutable();
        foreach (var (key, value) in definition.Env) env[key] = Expand(value, $"env.{key}", known, errors);
        env[ServiceVariable] = definition.Name;

        var all = env.ToImmutable();
        var command = definition.Shell
            ? ["/bin/sh", "-c", definition.Command[0]]
            : definition.Command.Select(w => Expand(w, "command", all, errors)).ToImmutableArray();
        var cwd = ExpandPath(definition.Cwd, "cwd", all, null, errors);
        var user = definition.User is null ? null : Expand(definition.User, "user", all, errors);

        if (errors.Count == 0) CheckExpanded();
        return errors.Count > 0
            ? new LaunchPlanResult(null, [.. errors.Distinct().Select(e => e with { Service = definition.Name })])
            : new LaunchPlanResult(new LaunchPlan(command, cwd, all, user, definition.Umask), []);

        void AddFile(string? path, string? folder, string field)
        {
            if (path is null) return;
            if (!Path.IsPathRooted(path) && folder is not null) path = Path.Combine(folder, path);
            try
            {
                var (entries, problems) = EnvironmentFile.Parse(readFile(path));
                foreach (var (key, value) in entries) env[key] = value;
                errors.AddRange(problems.Select(p => new DefinitionError(field, p.Message, null, p.Line, null, path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                errors.Add(new DefinitionError(field, $"The file cannot be read: {exception.Message}", null, null, null, path));
            }
        }

        void CheckExpanded()
        {
            if (string.IsNullOrWhiteSpace(command[0])) errors.Add(new DefinitionError("command", "The program's name is empty once its variables are expanded."));
            if (cwd is not null && !Path.IsPathRooted(cwd)) errors.Add(new DefinitionError("cwd", $"Is no absolute folder once its variables are expanded: '{cwd}'."));
            if (user?.Length == 0) errors.Add(new DefinitionError("user", "Is empty once its variables are expanded."));
        }
    }

    /// <summary>Expands the variables of a probe: the URL and headers of http, the words of exec without a shell.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="environment">The run's environment, as in <see cref="LaunchPlan.Environment"/>.</param>
    /// <param name="errors">What could not be expanded; empty when all could.</param>
    public static Probe ResolveProbe(Probe probe, IReadOnlyDictionary<string, string> environment, out ImmutableArray<DefinitionError> errors)
    {
        var found = new List<DefinitionError>();
        Probe result = probe switch
        {
            Probe.Http http => http with
            {
                Url = Expand(http.Url, "http.url", environment, found),
                Headers = http.Headers.ToImmutableSortedDictionary(
                    h => h.Key, h => Expand(h.Value, $"http.headers.{h.Key}", environment, found), StringComparer.Ordinal),
            },
            Probe.Exec { Shell: false } exec => exec with { Command = [.. exec.Command.Select(w => Expand(w, "exec", environment, found))] },
            Probe.Exec exec => new Probe.Exec(["/bin/sh", "-c", exec.Command[0]], false),
            _ => probe,
        };
        errors = [.. found];
        return result;
    }

    private static bool MayInherit(string key) =>
        !DaemonOnly.Contains(key) && !(key.StartsWith("ZIGGIE_", StringComparison.OrdinalIgnoreCase) && SecretKeys.IsSecret(key))
        && !DaemonSettings.Any(setting => key.StartsWith(setting, StringComparison.OrdinalIgnoreCase));

    private static string Expand(string text, string field, IReadOnlyDictionary<string, string> environment, List<DefinitionError> errors)
    {
        var expansion = EnvironmentExpander.Expand(text, environment.GetValueOrDefault);
        if (expansion.Error is { } error) errors.Add(new DefinitionError(field, error));
        foreach (var name in expansion.Missing)
        {
            errors.Add(new DefinitionError(
                field, $"The variable {name} is not set: set it in the daemon's environment or in an env_file, or write ${{{name}:-default}}."));
        }

        return expansion.Text;
    }

    /// <summary>Also <c>~</c>, which is the HOME that the service itself will see.</summary>
    private static string? ExpandPath(
        string? path, string field, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string>? first, List<DefinitionError> errors)
    {
        if (path is null) return null;
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal)) path = "${HOME}" + path[1..];
        var both = first is null
            ? environment
            : environment.Concat(first).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
        var before = errors.Count;
        var expanded = Expand(path, field, both, errors);
        return errors.Count > before ? null : expanded;
    }
}
