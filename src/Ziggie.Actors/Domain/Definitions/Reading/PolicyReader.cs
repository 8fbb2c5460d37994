using System.Collections.Immutable;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Reads ready, health, restart and stop. A single word may stand for the map whose other keys keep their defaults.</summary>
internal static class PolicyReader
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = ProbeReader.LongestWait;
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Also <c>port</c>, <c>notify</c>, <c>grace</c>, or a duration for the grace.</summary>
    public static ReadyPolicy? Ready(ReadContext context, Node node, string path)
    {
        if (node is ScalarNode word) return ReadyWord(context, word, path) is { } p ? new ReadyPolicy(p, ReadyDefaults.TimeoutFor(p)) : null;
        if (node is not MapNode map)
        {
            context.RefuseKind(node, path, "a map with one probe, or one of port, notify, grace and a grace such as 5s");
            return null;
        }

        var section = new Section(context, map, path, "ready");
        var probe = ProbeReader.TakeOne(section, forHealth: false);
        var timeout = section.Duration("timeout", Tick, Longest);
        section.Finish();
        if (probe is Probe.Grace(var grace) && timeout <= grace)
            context.Refuse(map, section.PathOf("timeout"), "Is not longer than the grace, so no start could ever succeed; leave it out or raise it.");
        return probe is null ? null : new ReadyPolicy(probe, timeout ?? ReadyDefaults.TimeoutFor(probe));
    }

    /// <summary>Also <c>port</c>, <c>notify</c> and <c>none</c>.</summary>
    public static HealthPolicy? Health(ReadContext context, Node node, string path)
    {
        if (node is ScalarNode { Text: "port" }) return new HealthPolicy(new Probe.OwnPort());
        if (node is ScalarNode { Text: "notify" }) return new HealthPolicy(new Probe.Notify());
        if (node is ScalarNode { Text: "none" }) return HealthPolicy.None;
        if (node is not MapNode map)
        {
            context.RefuseKind(node, path, "a map with one probe (http, tcp, port, exec or notify), or one of port, notify and none");
            return null;
        }

        var section = new Section(context, map, path, "health");
        var probe = ProbeReader.TakeOne(section, forHealth: true);
        var policy = new HealthPolicy(probe ?? new Probe.OwnPort());
        policy = policy with
        {
            Interval = section.Duration("interval", Tick * 100, Longest) ?? policy.Interval,
            Timeout = section.Duration("timeout", Tick, Longest) ?? policy.Timeout,
            Failures = section.Integer("failures", 1, 1_000) ?? policy.Failures,
            Successes = section.Integer("successes", 1, 1_000) ?? policy.Successes,
            StartPeriod = section.Duration("start_period", TimeSpan.Zero, Longest) ?? policy.StartPeriod,
            OnUnhealthy = section.Word("on_unhealthy", Words.Unhealthy) ?? policy.OnUnhealthy,
        };
        section.Finish();
        return probe is null ? null : policy;
    }

    /// <summary>Also <c>never</c>, <c>on-failure</c> or <c>always</c>.</summary>
    public static RestartPolicy? Restart(ReadContext context, Node node, string path)
    {
        var policy = RestartPolicy.Default;
        if (node is ScalarNode) return Mode(context, node, path) is { } mode ? policy with { Policy = mode } : null;
        if (node is not MapNode map)
        {
            context.RefuseKind(node, path, $"a map, or one of {string.Join(", ", Words.Restart.All)}");
            return null;
        }

        var section = new Section(context, map, path, "restart");
        policy = policy with
        {
            Policy = section.Value("policy", (n, p) => Mode(context, n, p)) ?? policy.Policy,
            SuccessExitCodes = ExitCodes(section) ?? policy.SuccessExitCodes,
            Delay = section.Duration("delay", TimeSpan.Zero, Longest) ?? policy.Delay,
            Factor = section.Value("factor", (n, p) => context.Number(n, p, 1, 1_000)) ?? policy.Factor,
        };
        policy = policy with
        {
            MaxDelay = section.Duration("max_delay", TimeSpan.Zero, Longest) ?? RestartDefaults.MaxDelayFor(policy.Delay),
            Jitter = section.Value("jitter", (n, p) => context.Number(n, p, 0, 1)) ?? policy.Jitter,
            Budget = section.Integer("budget", 0, 1_000_000) ?? policy.Budget,
            Window = section.Duration("window", Tick, Month) ?? policy.Window,
            StableAfter = section.Duration("stable_after", TimeSpan.Zero, Longest) ?? policy.StableAfter,
            RetryEvery = section.Duration("retry_every", TimeSpan.FromSeconds(1), Month),
        };
        section.Finish();
        if (policy.MaxDelay < policy.Delay)
            context.Refuse(map, section.PathOf("max_delay"), "Is shorter than 'delay'; make it as long or longer.");
        return policy;
    }

    private static RestartMode? Mode(ReadContext context, Node node, string path)
    {
        if (node is not ScalarNode { Text: "no" or "No" or "false" or "False" or "off" or "none" } word) return context.Word(node, path, Words.Restart);
        context.Refuse(node, path, $"{ReadContext.Quote(word.Text)} is not one of {string.Join(", ", Words.Restart.All)}. Did you mean 'never'?");
        return null;
    }

    /// <summary>Also a signal by itself: <c>INT</c>. A timeout of 0s kills at once.</summary>
    public static StopPolicy? Stop(ReadContext context, Node node, string path)
    {
        var policy = StopPolicy.Default;
        if (node is ScalarNode) return Signal(context, node, path) is { } signal ? policy with { Signal = signal } : null;
        if (node is not MapNode map)
        {
            context.RefuseKind(node, path, "a map with signal and timeout, or a signal such as TERM");
            return null;
        }

        var section = new Section(context, map, path, "stop");
        policy = new StopPolicy(
            section.Value("signal", (n, p) => Signal(context, n, p)) ?? policy.Signal,
            section.Duration("timeout", TimeSpan.Zero, Longest) ?? policy.Timeout);
        section.Finish();
        return policy;
    }

    private static Probe? ReadyWord(ReadContext context, ScalarNode node, string path)
    {
        switch (node)
        {
            case { Kind: not ScalarKind.Number, Text: "port" }:
                return new Probe.OwnPort();
            case { Kind: not ScalarKind.Number, Text: "notify" }:
                return new Probe.Notify();
            case { Kind: not ScalarKind.Number, Text: "grace" }:
                return ReadyPolicy.DefaultGrace.Probe;
            case { Kind: ScalarKind.Boolean }:
            case { Text: var text } when text.Length == 0 || !char.IsAsciiDigit(text[0]):
                context.Refuse(node, path, "Expected port, notify, grace, a grace such as 5s, or a map with one probe.");
                return null;
            default:
                return ProbeReader.Grace(context, node, path);
        }
    }

    private static ImmutableArray<int>? ExitCodes(Section section) => section.Value<ImmutableArray<int>>("success_exit_codes", (node, path) =>
    {
        var context = section.Context;
        var codes = context.List<int>(node, path, "a list of exit codes", (n, p) => (int?)context.Integer(n, p, 0, 255));
        return [.. codes.Distinct().Order()];
    });

    private static int? Signal(ReadContext context, Node node, string path)
    {
        const string expected = "a signal such as TERM, SIGINT or 15";
        if (context.Scalar(node, path, expected, ScalarKind.Text, ScalarKind.Number) is not { } text) return null;
        if (SignalNames.TryParse(text, out var signal)) return signal;
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        return null;
    }
}
