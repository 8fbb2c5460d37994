using Ziggie.Actors;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Api.Config;

/// <summary>The sentences about sets of definitions.</summary>
internal static class ConfigWords
{
    /// <summary>"/etc/ziggie.yaml:3:5: services.web.port: '0' is not …".</summary>
    public static string Describe(DefinitionError error)
    {
        var place = error.File ?? "";
        if (error.Line is { } line) place += error.File is null ? $"Line {line}" : $":{line}";
        if (error.Column is { } column) place += error.File is null ? $", column {column}" : $":{column}";
        var path = PathOf(error);
        return string.Join(": ", ((string[])[place, path, error.Message]).Where(part => part.Length > 0));
    }

    /// <summary>"services.web.port".</summary>
    public static string PathOf(DefinitionError error) =>
        error.Service is null ? error.Field : $"services.{error.Service}{(error.Field.Length > 0 ? "." : "")}{error.Field}";

    public static bool ChangesAnything(ConfigurationReply.Done done) => done.Services.Any(s => s.Change.Action is not PlannedAction.Unchanged);

    /// <summary>"1 added, 2 changed (1 restarted), 1 removed, 3 unchanged."</summary>
    public static string Summarize(ConfigurationReply.Done done)
    {
        var of = done.Services.ToLookup(s => s.Change.Action);
        if (!ChangesAnything(done))
            return $"Nothing to change: {(done.Services.Length == 1 ? "the one service is" : $"all {done.Services.Length} services are")} as defined.";
        var restarts = of[PlannedAction.Changed].Count(s => s.Restarts);
        var failed = done.Services.Count(s => s.Reply is CommandReply.Refused);
        var parts = done.IsDryRun
            ? new[] { (PlannedAction.Added, "to add"), (PlannedAction.Changed, "to change"), (PlannedAction.Removed, "to remove") }
            : [(PlannedAction.Added, "added"), (PlannedAction.Changed, "changed"), (PlannedAction.Removed, "removed")];
        var counted = parts.Where(p => of[p.Item1].Any()).Select(p =>
            $"{of[p.Item1].Count()} {p.Item2}{(p.Item1 is PlannedAction.Changed && restarts > 0 ? $" ({restarts} {(done.IsDryRun ? "to restart" : "restarted")})" : "")}");
        var unchanged = of[PlannedAction.Unchanged].Count();
        return string.Join(", ", unchanged > 0 ? counted.Append($"{unchanged} unchanged") : counted) + "."
            + (failed > 0 ? $" {failed} {(failed == 1 ? "has" : "have")} failed to start." : "");
    }
}
