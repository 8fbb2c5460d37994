namespace Ziggie.Processes;

/// <summary>Finds what no operating system could be given.</summary>
internal static class MalformedSpec
{
    /// <summary>The beginning of a sentence that names it; null when all is well.</summary>
    public static string? Find(ProcessSpec spec)
    {
        if (spec.FileName.Length == 0 || spec.FileName.Contains('\0')) return "The program's name";
        if (spec.Arguments.Any(argument => argument.Contains('\0'))) return "An argument";
        if (spec.WorkingDirectory is { } folder && (folder.Contains('\0') || !Path.IsPathRooted(folder))) return "The working folder";
        var variable = spec.Environment.FirstOrDefault(v => v.Key.Length == 0 || v.Key.Contains('=') || v.Key.Contains('\0') || v.Value.Contains('\0'));
        return variable.Key is null ? null : $"The environment variable '{variable.Key.Replace("\0", "")}'";
    }
}
