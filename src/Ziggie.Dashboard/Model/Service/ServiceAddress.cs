namespace Ziggie.Dashboard.Model.Service;

/// <summary>The parts of a service's page.</summary>
public enum ServiceTab { Overview, Logs, Charts, History, Definition, Environment }

/// <summary>Where a service's page is.</summary>
public static class ServiceAddress
{
    public static string Of(string service, ServiceTab tab = ServiceTab.Overview) =>
        tab == ServiceTab.Overview ? $"/services/{service}" : $"/services/{service}/{tab.ToString().ToLowerInvariant()}";

    /// <summary>The tab that an address names; null when there is none of that name.</summary>
    public static ServiceTab? Parse(string? word) => word switch
    {
        null or "" => ServiceTab.Overview,
        _ when char.IsAsciiLetter(word[0]) && Enum.TryParse<ServiceTab>(word, ignoreCase: true, out var tab) => tab,
        _ => null,
    };
}
