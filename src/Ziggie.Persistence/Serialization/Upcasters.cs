namespace Ziggie.Persistence.Serialization;

/// <summary>What older versions stored and this one writes otherwise. Empty: the first version is the only one so far.</summary>
internal static class Upcasters
{
    public static IReadOnlyList<IUpcaster> All { get; } = [];
}
