namespace Ziggie.Actors.Domain.Definitions;

/// <summary>The rule for names of services.</summary>
public static class ServiceName
{
    public const int MaxLength = 100;

    /// <summary>Lower-cases a name and checks it: 1 to 100 of <c>A-Z a-z 0-9 _ -</c>.</summary>
    public static bool TryNormalize(string? text, out string name)
    {
        name = text?.ToLowerInvariant() ?? "";
        return name.Length is > 0 and <= MaxLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
    }
}
