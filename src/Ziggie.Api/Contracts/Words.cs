using System.Collections.Frozen;
using System.Text.Json;

namespace Ziggie.Api.Contracts;

/// <summary>Enumerations as the API spells them.</summary>
internal static class Words
{
    /// <summary>snake_case.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Table<T>.Words[value];

    public static IReadOnlyList<string> All<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    private static class Table<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Words =
            Enum.GetValues<T>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    }
}
