using Ziggie.Actors.Domain.Definitions.Values;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Reads schedule, limits and logs.</summary>
internal static class SettingsReader
{
    private const long SmallestLog = 4_096;
    private const long SmallestMemory = 1_000_000;

    /// <summary>Also the cron expression by itself, which starts the service.</summary>
    public static SchedulePolicy? Schedule(ReadContext context, Node node, string path)
    {
        if (node is ScalarNode) return Cron(context, node, path) is { } only ? new SchedulePolicy(only, null, ScheduleAction.Start) : null;
        if (node is not MapNode map)
        {
            context.RefuseKind(node, path, "a map with cron, time_zone, action and catch_up, or a cron expression");
            return null;
        }

        var section = new Section(context, map, path, "schedule");
        var written = section.Take("cron");
        var cron = written is null ? null : Cron(context, written, section.PathOf("cron"));
        var zone = section.Object("time_zone", (n, p) => TimeZone(context, n, p));
        var action = section.Word("action", Words.Schedule) ?? ScheduleAction.Start;
        var catchUp = section.Boolean("catch_up") ?? false;
        section.Finish();
        if (written is null) context.Refuse(map, section.PathOf("cron"), "Is missing; write a cron expression such as '0 3 * * *'.");
        return cron is null ? null : new SchedulePolicy(cron, zone, action) { CatchUp = catchUp };
    }

    public static LimitsPolicy? Limits(ReadContext context, Node node, string path)
    {
        if (node is not MapNode map)
        {
            context.RefuseKind(node, path, "a map with max_memory, nice, open_files, core and cpu");
            return null;
        }

        var section = new Section(context, map, path, "limits");
        var limits = new LimitsPolicy
        {
            MaxMemory = section.Value("max_memory", (n, p) => context.Size(n, p, SmallestMemory)),
            Nice = section.Integer("nice", -20, 19),
            OpenFiles = section.Integer("open_files", 8, 1_000_000_000),
            Core = section.Value("core", (n, p) => context.Size(n, p, 0)),
            Cpu = section.Value("cpu", (n, p) => context.Number(n, p, 0.01, 1_024)),
        };
        section.Finish();
        return limits == new LimitsPolicy() ? null : limits;
    }

    public static LogPolicy? Logs(ReadContext context, Node node, string path)
    {
        if (node is not MapNode map)
        {
            context.RefuseKind(node, path, "a map with max_size, max_files, max_age, compress and stderr");
            return null;
        }

        var section = new Section(context, map, path, "logs");
        var logs = LogPolicy.Default;
        logs = logs with
        {
            MaxSize = section.Value("max_size", (n, p) => context.Size(n, p, SmallestLog)) ?? logs.MaxSize,
            MaxFiles = section.Integer("max_files", 1, 1_000) ?? logs.MaxFiles,
            MaxAge = section.Duration("max_age", TimeSpan.FromSeconds(1), TimeSpan.FromDays(3_650)),
            Compress = section.Boolean("compress") ?? logs.Compress,
            Stderr = section.Word("stderr", Words.Stderr) ?? logs.Stderr,
        };
        section.Finish();
        return logs;
    }

    private static string? Cron(ReadContext context, Node node, string path)
    {
        const string expected = "a cron expression of five fields such as '0 3 * * *', or of six with seconds first";
        if (context.Text(node, path, expected, 200) is not { } text) return null;
        if (!CronText.TryParse(text, out var cron)) context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        else if (!CronText.EverFires(cron)) context.Refuse(node, path, $"{ReadContext.Quote(text)} names a day that never comes.");
        else return text;
        return null;
    }

    private static string? TimeZone(ReadContext context, Node node, string path)
    {
        const string expected = "a time zone such as Europe/Berlin or UTC";
        if (context.Text(node, path, expected, 100) is not { } text) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out _)) return text;
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected} that this machine knows.");
        return null;
    }
}
