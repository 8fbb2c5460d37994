using Xunit;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Tests.Logs;

public sealed class LogRunTests
{
    [Fact]
    public void Runs_come_oldest_first_and_are_what_the_history_calls_launching()
    {
        var query = LogRun.Query("api");
        Assert.Equal("api", query.Service);
        Assert.Subset(HistoryKinds.OfServices.ToHashSet(), query.Kinds.ToHashSet());

        HistoryEntry Entry(int run, string kind) => new() { Id = $"e{run}", At = DateTimeOffset.FromUnixTimeMilliseconds(run), Kind = kind, Message = "", Run = run };
        var runs = LogRun.Of(2, new HistoryPage([Entry(8, "launching"), Entry(7, "exited"), Entry(7, "launching")], null));
        Assert.Equal([new LogRun(2, 7, "Run 7 began"), new LogRun(2, 8, "Run 8 began")], runs);
    }
}
