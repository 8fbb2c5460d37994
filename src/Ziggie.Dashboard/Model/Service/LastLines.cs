using System.Text.RegularExpressions;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>The end of a service's log, without colours.</summary>
public static partial class LastLines
{
    private const int Longest = 300;

    public static IReadOnlyList<string> Of(IOutputStore output, ServiceDefinition service, int lines)
    {
        try
        {
            var query = new LogQuery { Lines = lines };
            var entries = output.Read(service.Name, query).Entries.AsEnumerable();
            if (service.Logs.Stderr == StandardErrorMode.Separate)
                entries = entries.Concat(output.Read(ErrorLog.Of(service.Name), query).Entries).OrderBy(entry => entry.Time ?? DateTimeOffset.MinValue);
            return [.. entries.TakeLast(lines).Select(entry => Plain(entry.Text))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Plain(string text)
    {
        var plain = Escapes().Replace(text, "").Replace("\0", "");
        return plain.Length > Longest ? plain[..Longest] + "…" : plain;
    }

    [GeneratedRegex(@"\x1B(\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1B]*(\x07|\x1B\\)?)")]
    private static partial Regex Escapes();
}
