namespace Ziggie.Actors.Domain.Definitions;

/// <summary>The rule for names of services.</summary>
public static class ServiceName
{
    public const int MaxLength = 100;

    /// <summary>Lower-cases a name and checks it: 1 to 100 of <c>A-Z a-z 0-9 _ -</c>.</summary>
    public static bool TryNormalize(string? text, out string name)
    {
        name = text?.ToLowerInvariant() ?? "";
        // As it was written: there are letters beyond ASCII, the sign for kelvin for one, whose small one is within.
        return text?.Length is > 0 and <= MaxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
    }
}
