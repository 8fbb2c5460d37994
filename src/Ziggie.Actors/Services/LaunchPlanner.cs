using System.Collections.Immutable;
using System.Globalization;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;
using Ziggie.Processes.Output;
using Effects = Ziggie.Actors.Domain.ServiceEffects;

namespace Ziggie.Actors.Services;

/// <summary>Turns a definition into what the operating system needs: variables expanded, environment files read.</summary>
internal static class LaunchPlanner
{
    private static readonly string[] Personal = ["HOME", "USER", "LOGNAME"];

    /// <param name="Spec">Null when there is an error.</param>
    /// <param name="Error">A sentence that names the variable or file.</param>
    public sealed record Result(ProcessSpec? Spec, string? Error);

    /// <param name="launch">What to launch.</param>
    /// <param name="output">Where its output goes.</param>
    /// <param name="socket">Where it tells of itself; null for nowhere.</param>
    /// <param name="runtime">The world.</param>
    public static Result Plan(Effects.Launch launch, OutputPaths output, string? socket, ServiceRuntime runtime)
    {
        var result = Plan(launch.Definition, launch.RunId, runtime);
        if (result.Spec is not { } spec) return result;
        return new Result(spec with
        {
            Environment = socket is null ? spec.Environment : WithSocket(spec.Environment, socket, launch.Definition),
            StandardOutput = output.Output,
            StandardError = output.Errors,
            OutputInlet = output.OutputInlet,
            ErrorInlet = output.ErrorInlet,
        }, null);
    }

    /// <summary>A command that looks at a service from inside: in its folder, as its user, with its environment.</summary>
    public static Result PlanProbe(ServiceDefinition definition, Probe.Exec probe, string runId, string output, ServiceRuntime runtime)
    {
        var result = Plan(definition with { Command = probe.Command, Shell = probe.Shell }, runId, runtime);
        return result.Spec is { } spec ? new Result(spec with { StandardOutput = output, IsKept = false, Limits = null }, null) : result;
    }

    private static Result Plan(ServiceDefinition definition, string runId, ServiceRuntime runtime)
    {
        var resolved = ServiceEnvironment.Resolve(definition, runtime.Environment(), runtime.ReadFile);
        if (resolved.Plan is not { } plan)
            return new Result(null, $"Service '{definition.Name}' cannot be launched: {string.Join(" ", resolved.Errors.Select(Describe))}");
        return new Result(new ProcessSpec
        {
            RunId = runId,
            FileName = plan.Command[0],
            Arguments = [.. plan.Command.Skip(1)],
            WorkingDirectory = plan.Cwd,
            Environment = plan.User is null ? plan.Environment : WithoutOwn(plan.Environment, runtime.Environment()),
            User = plan.User,
            Umask = plan.Umask,
            Limits = LimitsOf(definition.Limits),
        }, null);
    }

    private static Dictionary<string, string> WithSocket(
        IReadOnlyDictionary<string, string> environment, string address, ServiceDefinition definition)
    {
        var all = new Dictionary<string, string>(environment) { ["NOTIFY_SOCKET"] = address };
        // A program that keeps to this says so at least twice in that time.
        if (definition.EffectiveHealth is { Probe: Probe.Notify } watchdog)
            all["WATCHDOG_USEC"] = ((long)(watchdog.Interval * watchdog.Failures).TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        return all;
    }

    /// <summary>Another user's home is not the daemon's: what was only inherited is left to the launcher, which asks the user database.</summary>
    private static ImmutableSortedDictionary<string, string> WithoutOwn(
        ImmutableSortedDictionary<string, string> environment, IReadOnlyDictionary<string, string> inherited) =>
        environment.RemoveRange(Personal.Where(name => environment.GetValueOrDefault(name) == inherited.GetValueOrDefault(name)));

    public static string Describe(DefinitionError error)
    {
        var place = error.File is null ? error.Field : $"{error.Field} {error.File}{(error.Line is { } line ? $" line {line}" : "")}";
        return $"{place}: {error.Message}";
    }

    private static ProcessLimits? LimitsOf(LimitsPolicy? policy) => policy is null ? null : new ProcessLimits
    {
        Nice = policy.Nice,
        OpenFiles = policy.OpenFiles,
        Core = policy.Core,
        MaxMemory = policy.MaxMemory,
        Cpu = policy.Cpu,
    };

    public static LogLimits LimitsOf(ServiceDefinition definition) => new()
    {
        MaxSize = definition.Logs.MaxSize,
        MaxFiles = definition.Logs.MaxFiles,
        MaxAge = definition.Logs.MaxAge,
        Compress = definition.Logs.Compress,
    };
}
