using System.Collections.Frozen;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Serialization;

namespace Ziggie.Persistence.History;

/// <summary>The words for what happens, and the names that they have in the store.</summary>
public static class HistoryKinds
{
    private const string ServicePrefix = "service.";

    /// <summary>Where the word for people is another than the one in the store.</summary>
    private static readonly FrozenDictionary<string, string> Other = new Dictionary<string, string>
    {
        ["wanted_up"] = "start_wanted",
        ["wanted_down"] = "stop_wanted",
        ["launched"] = "started",
        ["launch_failed"] = "start_failed",
        ["became_ready"] = "ready",
    }.ToFrozenDictionary();

    /// <summary>Of a service's events, in the order of a life.</summary>
    public static IReadOnlyList<string> OfServices { get; } =
        [.. StoredTypes.All.Where(t => t.Type.IsAssignableTo(typeof(IServiceEvent))).Select(t => Of(t.Manifest)).Distinct()];

    /// <summary>Of the daemon's own record.</summary>
    public static IReadOnlyList<string> OfAudit { get; } = AuditKinds.All;

    public static IReadOnlyList<string> All { get; } = [.. OfServices, .. OfAudit];

    /// <summary>The word for a name in the store: <c>service.launched.v1</c> is <c>started</c>.</summary>
    public static string Of(string manifest)
    {
        var name = manifest.StartsWith(ServicePrefix, StringComparison.Ordinal) ? manifest[ServicePrefix.Length..] : manifest;
        var version = name.LastIndexOf(".v", StringComparison.Ordinal);
        if (version > 0) name = name[..version];
        return Other.GetValueOrDefault(name, name);
    }

    /// <summary>The names in the store for these words; older versions of them included.</summary>
    internal static IReadOnlyList<string> Manifests(IEnumerable<string> kinds)
    {
        var wanted = kinds.ToHashSet(StringComparer.Ordinal);
        var all = StoredTypes.ByManifest.Keys.Concat(Upcasters.All.Select(u => u.From)).Where(IsServiceEvent);
        return [.. all.Where(manifest => wanted.Contains(Of(manifest))).Distinct()];
    }

    private static bool IsServiceEvent(string manifest) => manifest.StartsWith(ServicePrefix, StringComparison.Ordinal);
}
