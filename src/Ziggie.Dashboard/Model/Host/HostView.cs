using System.Web;
using Ziggie.Actors.Resources;

namespace Ziggie.Dashboard.Model.Host;

/// <summary>What of the machine is shown. Lives in the address of the page.</summary>
public sealed record HostView
{
    public const string Path = "/host";

    public HostTab Tab { get; init; }

    /// <summary>How far back the charts go.</summary>
    public TimeSpan Range { get; init; } = TimeSpan.FromMinutes(10);

    public ProcessOrder Order { get; init; }

    /// <summary>As it was typed: a space at its end may be followed by another word.</summary>
    public string Search { get; init; } = "";

    public bool IsHour => Range == TimeSpan.FromHours(1);

    /// <summary>Reads the query of an address; what makes no sense is left out.</summary>
    public static HostView Parse(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return new HostView
        {
            Tab = WordOf<HostTab>(values["tab"]),
            Range = values["range"] == "1h" ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(10),
            Order = WordOf<ProcessOrder>(values["sort"]),
            Search = values["search"] ?? "",
        };
    }

    public string Address() => QueryText.Of(
        Path, ("tab", Tab == HostTab.Usage ? null : Tab.ToString().ToLowerInvariant()), ("range", IsHour ? "1h" : null),
        ("sort", Order == ProcessOrder.Cpu ? null : Order.ToString().ToLowerInvariant()), ("search", Search));

    private static T WordOf<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;
}

/// <summary>The parts of the page.</summary>
public enum HostTab { Usage, Processes, Ports }
