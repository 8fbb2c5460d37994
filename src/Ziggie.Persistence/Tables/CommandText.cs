using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Persistence.Tables;

/// <summary>A command as one line that a POSIX shell would read as the same words.</summary>
internal static class CommandText
{
    private const string Plain = "%+,-./:=@_";

    public static string Of(ServiceDefinition definition) =>
        definition.Shell ? string.Join(' ', definition.Command) : string.Join(' ', definition.Command.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c))
            ? word
            : $"'{word.Replace("'", @"'\''")}'";
}
