using System.Collections.Immutable;
using System.Web;
using Ziggie.Actors.Live;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>Whose logs are shown together. Lives in the address of the page, beside how they are shown.</summary>
public sealed record LogChoice(ImmutableArray<string> Services, string? Group)
{
    /// <summary>More logs than this beside each other nobody can read.</summary>
    public const int Most = 24;

    public static LogChoice Parse(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return new LogChoice(
            [.. (values["services"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name.ToLowerInvariant()).Distinct()],
            values["group"] is { Length: > 0 } group ? group : null);
    }

    /// <summary>The path and query of an address with this choice. A line that it led to is of the choice before.</summary>
    public string Apply(string address)
    {
        var uri = new Uri(address);
        var values = HttpUtility.ParseQueryString(uri.Query);
        foreach (var key in new[] { "services", "group", "line" }) values.Remove(key);
        List<string> parts = [];
        if (Services.Length > 0) parts.Add("services=" + string.Join(',', Services));
        if (Group is not null) parts.Add("group=" + Uri.EscapeDataString(Group));
        parts.AddRange(values.AllKeys.Select(key => $"{Uri.EscapeDataString(key ?? "")}={Uri.EscapeDataString(values[key] ?? "")}"));
        return parts.Count == 0 ? uri.AbsolutePath : $"{uri.AbsolutePath}?{string.Join("&", parts)}";
    }

    /// <summary>The names of the chosen services that there are, those of the group too; by name, and no more than <see cref="Most"/>.</summary>
    public ImmutableArray<string> Of(ServiceSnapshot snapshot) => [.. Chosen(snapshot).Take(Most)];

    /// <summary>Names that were chosen and that no service has.</summary>
    public ImmutableArray<string> Missing(ServiceSnapshot snapshot) => [.. Services.Where(name => !snapshot.Services.ContainsKey(name))];

    /// <summary>"nosuch is not there.", "a, b and c are not there."; a group without services likewise. Null when all is there.</summary>
    public string? MissingWords(ServiceSnapshot snapshot)
    {
        var missing = Missing(snapshot);
        if (missing.Length > 0)
        {
            return missing is [var only] ? $"{only} is not there." : $"{string.Join(", ", missing.Take(missing.Length - 1))} and {missing[^1]} are not there.";
        }
        return Group is not null && Services.IsEmpty && Of(snapshot).IsEmpty ? $"No service is in the group {Group}." : null;
    }

    /// <summary>How many services are chosen, shown or not.</summary>
    public int Count(ServiceSnapshot snapshot) => Chosen(snapshot).Count();

    /// <summary>With the service, or without it when it is chosen. Those of a group are then chosen one by one.</summary>
    public LogChoice Toggled(string service, ServiceSnapshot snapshot)
    {
        var chosen = Chosen(snapshot).ToList();
        if (!chosen.Remove(service)) chosen.Add(service);
        return new LogChoice([.. chosen.Order(StringComparer.Ordinal)], null);
    }

    private IEnumerable<string> Chosen(ServiceSnapshot snapshot) => snapshot.Services.Values
        .Where(view => Services.Contains(view.Name) || (Group is not null && view.Groups.Contains(Group, StringComparer.OrdinalIgnoreCase)))
        .Select(view => view.Name).Order(StringComparer.Ordinal);
}
