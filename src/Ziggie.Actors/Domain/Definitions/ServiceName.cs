namespace Ziggie.Actors.Domain.Definitions;

/// <summary>The rule for names of services.</summary>
public static class ServiceName
{
    public const int MaxLength = 100;

    /// <summary>What is wrong with a name that is to be new; null when nothing is. Older services may have such a name.</summary>
    public static string? RefuseNew(string name) => name.All(char.IsAsciiDigit)
        ? $"'{name}' has only digits and would be taken for the id of another service; put a letter into it."
        : null;

    /// <summary>Lower-cases a name and checks it: 1 to 100 of <c>A-Z a-z 0-9 _ -</c>.</summary>
    public static bool TryNormalize(string? text, out string name)
    {
        name = text?.ToLowerInvariant() ?? "";
        // As it was written: there are letters beyond ASCII, the sign for kelvin for one, whose small one is within.
        return text?.Length is > 0 and <= MaxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
    }
}
