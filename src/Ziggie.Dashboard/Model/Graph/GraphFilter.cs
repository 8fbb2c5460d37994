using System.Web;

namespace Ziggie.Dashboard.Model.Graph;

/// <summary>What of the graph is shown, and how. Lives in the address of the page.</summary>
public sealed record GraphFilter
{
    public const string Path = "/graph";

    /// <summary>Null for all.</summary>
    public string? Group { get; init; }

    /// <summary>As a table instead of a picture.</summary>
    public bool IsTable { get; init; }

    public static GraphFilter Parse(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return new GraphFilter { Group = values["group"] is { Length: > 0 } group ? group : null, IsTable = values["view"] == "table" };
    }

    public string Address() => QueryText.Of(Path, ("group", Group), ("view", IsTable ? "table" : null));
}
