using System.Web;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Model.Configuration;

/// <summary>What of the configuration is shown. Lives in the address of the page; a text that is being written does not.</summary>
public sealed record ConfigView
{
    public const string Path = "/configuration";
    public const string DefaultSource = "default";

    public ConfigTab Tab { get; init; }

    /// <summary>The name of the set that is applied.</summary>
    public string Source { get; init; } = DefaultSource;

    public bool Force { get; init; }

    /// <summary>Reads the query of an address; what makes no sense is left out.</summary>
    public static ConfigView Parse(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return new ConfigView
        {
            Tab = Enum.TryParse<ConfigTab>(values["tab"], ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : default,
            Source = ServiceName.TryNormalize(values["source"] ?? "", out var source) ? source : DefaultSource,
            Force = values["force"] == "true",
        };
    }

    public string Address() => QueryText.Of(
        Path, ("tab", Tab == default ? null : Tab.ToString().ToLowerInvariant()), ("source", Source == DefaultSource ? null : Source),
        ("force", Force ? "true" : null));
}

/// <summary>The parts of the page.</summary>
public enum ConfigTab { File, Apply, Daemon }
