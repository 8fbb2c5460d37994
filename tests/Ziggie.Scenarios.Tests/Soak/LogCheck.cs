using System.Globalization;
using System.Text.RegularExpressions;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>Compares the log of one service with what its runs have written by their own account.</summary>
internal sealed partial class LogCheck(SoakService service, IReadOnlyList<string> log, IReadOnlyList<TrueRun> runs, SoakReport report)
{
    public void Run()
    {
        var last = new Dictionary<string, int>();
        var closed = new HashSet<string>();
        var current = "";
        foreach (var line in log)
        {
            if (NumberedLine().Match(line) is not { Success: true } match)
            {
                // The port's own word, and what the shell says of a sleep that was ended under it.
                if (line.StartsWith("listening ", StringComparison.Ordinal) || line is "Terminated" or "Killed") continue;
                report.Count("lines torn");
                report.Violate($"'{service.Name}': a torn line in its log: '{line[..Math.Min(line.Length, 200)]}'.");
                continue;
            }
            var (runId, number) = (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
            report.Count("lines found");
            if (runId != current)
            {
                closed.Add(current);
                if (closed.Contains(runId)) report.Violate($"'{service.Name}': lines of run {runId} come after those of a later run.");
                current = runId;
            }
            var before = last.GetValueOrDefault(runId);
            if (number <= before)
            {
                report.Count("lines doubled");
                report.Violate($"'{service.Name}': line {number} of run {runId} comes after line {before}.");
            }
            else if (number > before + 1)
            {
                report.Count("lines missing", number - before - 1);
                report.Violate($"'{service.Name}': of run {runId} the lines {before + 1} to {number - 1} are missing.");
            }
            last[runId] = number;
        }
        foreach (var run in runs) CheckEnd(run, last.GetValueOrDefault(run.RunId));
    }

    // A process that was killed may not have come to note its last line.
    private void CheckEnd(TrueRun run, int found)
    {
        report.Count("lines written", run.Lines);
        if (found < run.Lines)
        {
            report.Count("lines missing", run.Lines - found);
            report.Violate($"'{service.Name}': run {run.RunId} wrote {run.Lines} lines, and its log ends with {found}. It ended by itself: {run.Code is not null || run.Signal is not null}.");
        }
        else if (found > run.Lines + 1)
        {
            report.Violate($"'{service.Name}': run {run.RunId} wrote {run.Lines} lines, and its log has {found}.");
        }
        else
        {
            report.Count("lines found that the process did not come to note", found - run.Lines);
        }
    }

    [GeneratedRegex("^([0-9a-f]{32}|[0-9a-f-]{36}) ([0-9]+) abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz$")]
    private static partial Regex NumberedLine();
}
