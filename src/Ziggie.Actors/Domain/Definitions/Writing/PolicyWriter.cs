using System.Globalization;
using System.Text.Json.Nodes;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain.Definitions.Writing;

/// <summary>Writes the policies of a definition.</summary>
internal static class PolicyWriter
{
    public static JsonObject Ready(ReadyPolicy policy, bool full)
    {
        var section = new JsonSection(full);
        AddProbe(section, policy.Probe);
        section.Add("timeout", policy.Timeout, ReadyDefaults.TimeoutFor(policy.Probe));
        return section.Result;
    }

    public static JsonObject Health(HealthPolicy policy, bool full)
    {
        var section = new JsonSection(full);
        var standard = new HealthPolicy(policy.Probe);
        AddProbe(section, policy.Probe);
        section.Add("interval", policy.Interval, standard.Interval);
        section.Add("timeout", policy.Timeout, standard.Timeout);
        section.Add("failures", policy.Failures, standard.Failures);
        section.Add("successes", policy.Successes, standard.Successes);
        section.Add("start_period", policy.StartPeriod, standard.StartPeriod);
        section.AddWord("on_unhealthy", policy.OnUnhealthy, standard.OnUnhealthy, Words.Unhealthy);
        return section.Result;
    }

    public static JsonObject Restart(RestartPolicy policy, bool full)
    {
        var section = new JsonSection(full);
        var standard = RestartPolicy.Default;
        section.AddWord("policy", policy.Policy, standard.Policy, Words.Restart);
        section.Add(
            "success_exit_codes", new JsonArray([.. policy.SuccessExitCodes.Select(c => JsonValue.Create(c))]),
            policy.SuccessExitCodes.AsSpan().SequenceEqual(standard.SuccessExitCodes.AsSpan()));
        section.Add("delay", policy.Delay, standard.Delay);
        section.Add("factor", policy.Factor, standard.Factor);
        section.Add("max_delay", policy.MaxDelay, RestartDefaults.MaxDelayFor(policy.Delay));
        section.Add("jitter", policy.Jitter, standard.Jitter);
        section.Add("budget", policy.Budget, standard.Budget);
        section.Add("window", policy.Window, standard.Window);
        section.Add("stable_after", policy.StableAfter, standard.StableAfter);
        section.Add("retry_every", policy.RetryEvery, null);
        return section.Result;
    }

    public static JsonObject Stop(StopPolicy policy, bool full)
    {
        var section = new JsonSection(full);
        var name = SignalNames.NameOf(policy.Signal);
        var text = name.StartsWith("SIG", StringComparison.Ordinal) ? name[3..] : policy.Signal.ToString(CultureInfo.InvariantCulture);
        section.Add("signal", JsonSection.Node(text), policy.Signal == StopPolicy.Default.Signal);
        section.Add("timeout", policy.Timeout, StopPolicy.Default.Timeout);
        return section.Result;
    }

    public static JsonObject Schedule(SchedulePolicy policy, bool full)
    {
        var section = new JsonSection(full);
        section.Add("cron", policy.Cron);
        section.Add("time_zone", policy.TimeZone);
        section.AddWord("action", policy.Action, ScheduleAction.Start, Words.Schedule);
        section.Add("catch_up", policy.CatchUp, false);
        return section.Result;
    }

    public static JsonObject Limits(LimitsPolicy policy, bool full)
    {
        var section = new JsonSection(full);
        section.AddSize("max_memory", policy.MaxMemory, null);
        section.Add("nice", policy.Nice is { } nice ? JsonValue.Create(nice) : null, policy.Nice is null);
        section.Add("open_files", policy.OpenFiles is { } files ? JsonValue.Create(files) : null, policy.OpenFiles is null);
        section.AddSize("core", policy.Core, null);
        section.Add("cpu", policy.Cpu is { } cpu ? JsonValue.Create(cpu) : null, policy.Cpu is null);
        return section.Result;
    }

    public static JsonObject Logs(LogPolicy policy, bool full)
    {
        var section = new JsonSection(full);
        var standard = LogPolicy.Default;
        section.AddSize("max_size", policy.MaxSize, standard.MaxSize);
        section.Add("max_files", policy.MaxFiles, standard.MaxFiles);
        section.Add("max_age", policy.MaxAge, standard.MaxAge);
        section.Add("compress", policy.Compress, standard.Compress);
        section.AddWord("stderr", policy.Stderr, standard.Stderr, Words.Stderr);
        return section.Result;
    }

    private static void AddProbe(JsonSection section, Probe probe)
    {
        var (key, value) = probe switch
        {
            Probe.Grace(var time) => ("grace", JsonSection.Node(DurationText.Format(time))),
            Probe.OwnPort => ("port", JsonValue.Create(true)),
            Probe.Tcp(var port) => ("tcp", JsonValue.Create(port)),
            Probe.Http http => ("http", Http(http, section.Full)),
            Probe.Exec exec => ("exec", Exec(exec, section.Full)),
            Probe.Log(var pattern) => ("log", JsonSection.Node(pattern)),
            Probe.Notify => ("notify", JsonValue.Create(true)),
            _ => throw new NotSupportedException($"A probe of type {probe.GetType().Name} cannot be written."),
        };
        section.Add(key, value, isDefault: false);
    }

    private static JsonObject Http(Probe.Http http, bool full)
    {
        var section = new JsonSection(full);
        section.Add("url", http.Url);
        section.Add(
            "status", JsonSection.Node(StatusText.Format(http.StatusFrom, http.StatusTo)),
            http is { StatusFrom: StatusText.DefaultFrom, StatusTo: StatusText.DefaultTo });
        section.Add("contains", http.Contains);
        section.AddMap("headers", http.Headers);
        return section.Result;
    }

    private static JsonObject Exec(Probe.Exec exec, bool full)
    {
        var section = new JsonSection(full);
        section.Add("command", exec.Shell ? JsonSection.Node(exec.Command[0]) : JsonSection.List(exec.Command), isDefault: false);
        section.Add("shell", exec.Shell, false);
        return section.Result;
    }
}
