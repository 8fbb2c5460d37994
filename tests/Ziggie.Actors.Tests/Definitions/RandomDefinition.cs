using System.Collections.Immutable;
using CsCheck;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

/// <summary>Random valid definitions.</summary>
internal static class RandomDefinition
{
    private static readonly Gen<string> Name = Gen.String[Gen.Char["abcxyz019_-"], 1, 12];

    /// <summary>What people and programs put into texts, the unpleasant included; no dollar, which has a meaning of its own.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["ab Z09:#'\"\\{}[]&*!|>%@`,?-_=./~\t\n\r\u0001\u0085\u00e9\u2028\ufeff\uffff"], 1, 20],
        Choose("yes", "null", "~", "0x1F", "1e3", "007", "true", "- a", "a: b", "a #b", " a ", "12:30:00", "<<", "=", "a\u00a0b", "\ud83d\ude00", "...", "---"));

    private static readonly Gen<string> Expandable = Gen.OneOf(Text, Choose("${VAR}", "${A:-b c}/x", "$$HOME", "${A:-${B:-}}", "a$b"));

    private static readonly Gen<TimeSpan> Time = Gen.OneOf(
        Gen.Int[100, 5_000].Select(ms => TimeSpan.FromMilliseconds(ms)),
        Gen.Int[1, 86_400].Select(s => TimeSpan.FromSeconds(s)),
        Gen.Int[100, 86_400_000].Select(ms => TimeSpan.FromMilliseconds(ms)));

    private static readonly Gen<long> Size = Gen.OneOf(Gen.Long[1_000_000, long.MaxValue], Gen.Long[1, 9_000].Select(k => k << 20), Gen.Long[1, 9_000].Select(m => m * 1_000_000));

    private static readonly Gen<ImmutableArray<string>> Words = Gen.Select(Choose("run", "/bin/a b", "./x"), Expandable.Array[0, 4])
        .Select((first, rest) => ImmutableArray.Create([first, .. rest]));

    private static readonly Gen<(ImmutableArray<string> Words, bool Shell)> Command = Gen.OneOf(
        Words.Select(w => (w, false)),
        Expandable.Select(t => (ImmutableArray.Create("echo " + t), true)));

    private static readonly Gen<Probe> Common = Gen.OneOf<Probe>(
        Gen.Int[1, 65535].Select(p => (Probe)new Probe.Tcp(p)),
        Gen.Const<Probe>(new Probe.OwnPort()),
        Command.Select(c => (Probe)new Probe.Exec(c.Words, c.Shell)),
        Gen.Select(Choose("http://127.0.0.1:80/", "https://u:p%40@h.example/x?token=abc&y=1", "http://[::1]:${PORT}/"), Gen.Int[100, 599], Gen.Int[100, 599], Gen.Null(Text), Map("X-Api-Key", "Accept"))
            .Select((url, a, b, contains, headers) => (Probe)new Probe.Http(url, Math.Min(a, b), Math.Max(a, b), contains, headers)));

    private static readonly Gen<ReadyPolicy> Ready = Gen.Select(
            Gen.OneOf(
                Common, Gen.Const<Probe>(new Probe.Notify()), Time.Select(t => (Probe)new Probe.Grace(TimeSpan.FromMilliseconds((long)t.TotalMilliseconds / 2))),
                Choose<Probe>(new Probe.Log("^listening on (\\d+)$"), new Probe.Log("(a)\\1"))), Time)
        .Select((probe, time) => new ReadyPolicy(probe, probe is Probe.Grace(var grace) && time <= grace ? PolicyTimeout(grace) : time));

    private static readonly Gen<HealthPolicy> Health = Gen.OneOf(Probed(), Gen.Const(HealthPolicy.None));

    private static Gen<HealthPolicy> Probed() => Gen.Select(Common, Time, Time, Gen.Int[1, 9], Gen.Int[1, 9], Time, Gen.Enum<UnhealthyAction>())
        .Select((probe, interval, timeout, failures, successes, start, action) => new HealthPolicy(probe)
        {
            Interval = interval,
            Timeout = timeout,
            Failures = failures,
            Successes = successes,
            StartPeriod = start,
            OnUnhealthy = action,
        });

    private static readonly Gen<RestartPolicy> Restart = Gen.Select(
            Gen.Enum<RestartMode>(), Gen.Int[0, 255].Array[0, 3], Time, Time, Gen.Double[1, 9], Gen.Double[0, 1], Gen.Int[0, 99], Time)
        .SelectMany((mode, codes, a, b, factor, jitter, budget, window) => Gen.Nullable(Time.Select(t => t + TimeSpan.FromSeconds(1)), 0.5).Select(retry => new RestartPolicy
        {
            Policy = mode,
            SuccessExitCodes = [.. codes.Distinct().Order()],
            Delay = a < b ? a : b,
            MaxDelay = a < b ? b : a,
            Factor = factor,
            Jitter = jitter,
            Budget = budget,
            Window = window,
            StableAfter = b,
            RetryEvery = retry,
        }));

    private static readonly Gen<LimitsPolicy> Limits = Gen.Select(
            Gen.Nullable(Size), Gen.Nullable(Gen.Int[-20, 19]), Gen.Nullable(Gen.Long[8, 1_000_000]), Gen.Nullable(Gen.Long[0, 100_000]), Gen.Nullable(Gen.Double[0.01, 64]))
        .Select((memory, nice, files, core, cpu) => new LimitsPolicy { MaxMemory = memory, Nice = nice, OpenFiles = files, Core = core, Cpu = cpu });

    private static readonly Gen<LogPolicy> Logs = Gen.Select(Size, Gen.Int[1, 1_000], Gen.Nullable(Time.Select(t => t + TimeSpan.FromSeconds(1))), Gen.Bool, Gen.Enum<StandardErrorMode>())
        .Select((size, files, age, compress, stderr) => new LogPolicy { MaxSize = size, MaxFiles = files, MaxAge = age, Compress = compress, Stderr = stderr });

    private static readonly Gen<SchedulePolicy> Schedule = Gen.Select(
            Choose("0 3 * * *", "*/5 * * * * *", "@daily"), Choose(null, "Europe/Berlin", "UTC"), Gen.Enum<ScheduleAction>(), Gen.Bool)
        .Select((cron, zone, action, catchUp) => new SchedulePolicy(cron, zone, action) { CatchUp = catchUp });

    private static readonly Gen<ServiceDefinition> Identity = Gen.Select(
            Name, Gen.Null(Text), Command, Choose(null, "/srv/a b", "~/x", "${DIR}", "/ü\"'"), Map("PATH", "DB_PASSWORD", "x.y", "URL", "null"), Choose("/a", "~/.env", "${F}").Array[0, 2], Choose(null, "web", "1000"))
        .Select((name, description, command, cwd, env, files, user) => new ServiceDefinition
        {
            Name = name,
            Description = description,
            Command = command.Words,
            Shell = command.Shell,
            Cwd = cwd,
            Env = env,
            EnvFile = [.. files],
            User = user,
        });

    public static readonly Gen<ServiceDefinition> Any = Gen.Select(
            Identity, Gen.Nullable(Gen.Int[0, 511]), Gen.Int[1, 65535], Gen.Bool, Name.Array[0, 3], Map("team", "a/b.c"), Gen.Bool, Gen.Null(Ready))
        .SelectMany((d, umask, port, system, groups, labels, autostart, ready) => Gen.Select(
                Gen.Null(Health), Restart, Gen.Select(Gen.Int[1, 64], Time), Gen.Select(Name.Select(n => n + "-dep"), Gen.Enum<DependencyCondition>()).Array[0, 3], Gen.Null(Schedule), Gen.Null(Limits), Logs, Gen.Bool)
            .Select((health, restart, stop, on, schedule, limits, logs, standard) => d with
            {
                Umask = umask,
                Port = standard && ready?.Probe is not Probe.OwnPort && health?.Probe is not Probe.OwnPort ? null : port,
                IsSystem = system,
                Groups = [.. groups.Distinct()],
                Labels = labels,
                Autostart = autostart,
                Ready = ready,
                Health = health,
                Restart = standard ? RestartPolicy.Default : restart,
                Stop = standard ? StopPolicy.Default : new StopPolicy(stop.Item1, stop.Item2),
                DependsOn = on.DistinctBy(o => o.Item1).ToImmutableSortedDictionary(o => o.Item1, o => o.Item2, StringComparer.Ordinal),
                RestartDependents = autostart != system,
                Schedule = schedule,
                Limits = limits == new LimitsPolicy() ? null : limits,
                Logs = standard ? LogPolicy.Default : logs,
            }));

    private static Gen<ImmutableSortedDictionary<string, string>> Map(params string[] keys) =>
        Gen.Select(Choose(keys), keys[0] is "X-Api-Key" ? Choose("abc", "${TOKEN}", "1") : Expandable).Array[0, 3].Select(pairs =>
            pairs.DistinctBy(p => p.Item1).ToImmutableSortedDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal));

    private static Gen<T> Choose<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static TimeSpan PolicyTimeout(TimeSpan grace) =>
        grace >= TimeSpan.FromMinutes(1) ? grace + TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(1);
}
