using Ziggie.Actors;

namespace Ziggie.Dashboard.Model.Services;

/// <summary>What to say of those with which a command to several services did not succeed.</summary>
public static class BulkFailures
{
    /// <summary>So many are told with their reasons, and so many more by name.</summary>
    private const int MostReasons = 3, MostNames = 30;

    public static IReadOnlyList<string> Messages(BulkPlan plan, IReadOnlyList<ServiceOutcome> outcomes)
    {
        var failed = outcomes.Where(outcome => outcome.Reply is CommandReply.Refused).ToList();
        List<string> messages = [.. failed.Take(MostReasons).Select(Reason)];
        var rest = failed.Skip(MostReasons).Select(outcome => outcome.Service).ToList();
        if (rest.Count == 0) return messages;
        var names = string.Join(", ", rest.Take(MostNames)) + (rest.Count > MostNames ? $" and {rest.Count - MostNames:N0} others" : "");
        messages.Add($"{rest.Count:N0} more could not be {plan.Done}: {names}");
        return messages;
    }

    private static string Reason(ServiceOutcome outcome)
    {
        var detail = ((CommandReply.Refused)outcome.Reply).Detail;
        return detail.Contains($"'{outcome.Service}'", StringComparison.Ordinal) ? detail : $"{outcome.Service}: {detail}";
    }
}
