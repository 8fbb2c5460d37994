using System.Web;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Model.Services;

/// <summary>What of the services is shown, and how. Lives in the address of the page, so that a view can be shared.</summary>
public sealed record ServiceFilter
{
    /// <summary>Words that must all occur in name, description, groups or labels, in any case; <c>key=value</c> is a label.</summary>
    public string Search { get; init; } = "";

    /// <summary>Null for all.</summary>
    public ServiceStatus? Status { get; init; }

    /// <summary>Only those that run and are not well.</summary>
    public bool IsUnhealthy { get; init; }

    /// <summary>Null for all.</summary>
    public string? Group { get; init; }

    public ServiceSort Sort { get; init; }

    public bool IsDescending { get; init; }

    public ServiceLayout Layout { get; init; }

    /// <summary>Whether it leaves anything out.</summary>
    public bool IsNarrow => Search.Length > 0 || Status is not null || IsUnhealthy || Group is not null;

    /// <summary>Reads the query of an address; what makes no sense is left out.</summary>
    public static ServiceFilter Parse(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return new ServiceFilter
        {
            Search = values["search"]?.Trim() ?? "",
            Status = Enum.TryParse<ServiceStatus>(values["status"], ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
            IsUnhealthy = values["health"] == "unhealthy",
            Group = values["group"] is { Length: > 0 } group ? group : null,
            Sort = Enum.TryParse<ServiceSort>(values["sort"], ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : default,
            IsDescending = values["order"] == "desc",
            Layout = values["view"] == "table" ? ServiceLayout.Table : ServiceLayout.Cards,
        };
    }

    /// <summary>The address of the page that shows it.</summary>
    public string Address()
    {
        List<(string Key, string Value)> parts = [];
        if (Search.Length > 0) parts.Add(("search", Search));
        if (Status is { } status) parts.Add(("status", Word(status)));
        if (IsUnhealthy) parts.Add(("health", "unhealthy"));
        if (Group is { } group) parts.Add(("group", group));
        if (Sort != ServiceSort.Name) parts.Add(("sort", Word(Sort)));
        if (IsDescending) parts.Add(("order", "desc"));
        if (Layout == ServiceLayout.Table) parts.Add(("view", "table"));
        return parts.Count == 0 ? "/" : "/?" + string.Join("&", parts.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
    }

    /// <summary>Sorted by that; by the same once more, the other way round.</summary>
    public ServiceFilter SortedBy(ServiceSort sort) =>
        this with { Sort = sort, IsDescending = sort == Sort ? !IsDescending : sort is ServiceSort.Cpu or ServiceSort.Memory or ServiceSort.Restarts };

    public bool Matches(ServiceView service)
    {
        if (Status is { } status && service.Status != status) return false;
        if (IsUnhealthy && !ServiceWords.IsUnwell(service)) return false;
        if (Group is { } group && !service.Groups.Contains(group, StringComparer.OrdinalIgnoreCase)) return false;
        return Search.Length == 0 || Search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Holds(service, word));
    }

    // A secret is looked for as it is shown: else it could be guessed letter by letter.
    private static bool Holds(ServiceView service, string word) =>
        Contains(service.Name, word) || Contains(service.Definition.Description, word) || service.Groups.Any(group => Contains(group, word))
        || service.Definition.Labels.Any(label => Contains($"{label.Key}={(SecretKeys.IsSecret(label.Key) ? SecretKeys.Mask : label.Value)}", word))
        || (service.Definition.Port is { } port && port.ToString() == word) || (service.Pid is { } pid && pid.ToString() == word);

    private static bool Contains(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>By what services are sorted; by name where that is the same.</summary>
public enum ServiceSort { Name, Status, Health, Cpu, Memory, Uptime, Restarts, Port }

public enum ServiceLayout { Cards, Table }
