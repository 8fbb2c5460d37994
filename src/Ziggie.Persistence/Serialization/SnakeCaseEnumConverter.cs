using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ziggie.Persistence.Serialization;

/// <summary>An enum as a word in snake_case; numbers are refused, since they change their meaning when a member is inserted.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
