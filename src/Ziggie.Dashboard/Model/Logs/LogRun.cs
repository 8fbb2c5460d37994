using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>Where in the logs a new run of a service began.</summary>
/// <param name="Number">Of the service among those shown.</param>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Text">What is written there.</param>
public sealed record LogRun(int Number, long Time, string Text)
{
    private const string Launching = "launching";

    /// <summary>What to ask the history for; older runs are not marked.</summary>
    public static HistoryQuery Query(string service) => new() { Service = service, Kinds = [Launching], Limit = 200 };

    /// <summary>The runs of a service, oldest first.</summary>
    public static IEnumerable<LogRun> Of(int number, HistoryPage page) =>
        page.Entries.Where(entry => entry.Kind == Launching).Reverse()
            .Select(entry => new LogRun(number, entry.At.ToUnixTimeMilliseconds(), entry.Run is { } run ? $"Run {run} began" : "A new run began"));
}
