namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>
/// Reads folders and files. A relative <c>cwd</c> is taken from the folder of the YAML file; without a file it has no meaning and is refused.
/// A relative <c>env_file</c> is taken from the service's <c>cwd</c> or, without one, from the folder of the YAML file.
/// </summary>
internal static class PathReader
{
    private const int LongestPath = 500;

    public static string? Cwd(ReadContext context, Node node, string path)
    {
        if (Written(context, node, path, "a folder") is not { } text) return null;
        if (StandsAlone(text)) return text;
        if (context.BaseFolder is { } folder) return Path.GetFullPath(Path.Combine(folder, text));
        context.Refuse(node, path, "Is a relative folder; write an absolute one, or begin with ~ or ${VAR}.");
        return null;
    }

    public static string? EnvFile(ReadContext context, Node node, string path, bool hasCwd)
    {
        if (Written(context, node, path, "a file of KEY=value lines") is not { } text) return null;
        if (StandsAlone(text) || hasCwd) return text;
        if (context.BaseFolder is { } folder) return Path.GetFullPath(Path.Combine(folder, text));
        context.Refuse(node, path, "Is a relative file, and the service has no 'cwd' to take it from; write an absolute one, or begin with ~ or ${VAR}.");
        return null;
    }

    private static string? Written(ReadContext context, Node node, string path, string expected)
    {
        if (context.Text(node, path, expected, LongestPath) is not { } text) return null;
        if (EnvironmentExpander.FindSyntaxError(text) is not { } error) return text;
        context.Refuse(node, path, error);
        return null;
    }

    private static bool StandsAlone(string text) =>
        text.StartsWith('/') || text == "~" || text.StartsWith("~/", StringComparison.Ordinal)
        || text.StartsWith("${", StringComparison.Ordinal) || Path.IsPathFullyQualified(text);
}
