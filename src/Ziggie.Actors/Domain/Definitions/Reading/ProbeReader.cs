using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ziggie.Actors.Domain.Definitions.Values;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Reads the probes that stand as keys beside a policy's own keys.</summary>
internal static partial class ProbeReader
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Shorter, so that the timeout that follows from it is still in range.</summary>
    private static readonly TimeSpan LongestGrace = TimeSpan.FromHours(12);

    /// <summary>Takes every probe key of the section, and returns the one that is written.</summary>
    public static Probe? TakeOne(Section section, bool forHealth)
    {
        var context = section.Context;
        string[] keys = forHealth ? ["http", "tcp", "port", "exec", "notify"] : ["http", "tcp", "port", "exec", "log", "notify", "grace"];
        var written = keys.Select(k => (Key: k, Node: section.Take(k))).Where(w => w.Node is not null).ToList();
        if (written.Count == 1) return Read(context, written[0].Key, written[0].Node!, section.PathOf(written[0].Key));

        var all = string.Join(", ", keys);
        context.Refuse(section.Map, section.Path, written.Count == 0
            ? $"Needs one probe: one of {all}."
            : $"Has {written.Count} probes ({string.Join(", ", written.Select(w => w.Key))}); keep one of them.");
        return null;
    }

    public static Probe? Grace(ReadContext context, Node node, string path) =>
        context.Duration(node, path, TimeSpan.Zero, LongestGrace) is { } time ? new Probe.Grace(time) : null;

    private static Probe? Read(ReadContext context, string key, Node node, string path) => key switch
    {
        "http" => Http(context, node, path),
        "tcp" => context.Integer(node, path, 1, 65535) is { } port ? new Probe.Tcp((int)port) : null,
        "port" => OnlyTrue(context, node, path, "The service's own port is meant; for another one write 'tcp: PORT'.", new Probe.OwnPort()),
        "exec" => Exec(context, node, path),
        "log" => Log(context, node, path),
        "notify" => OnlyTrue(context, node, path, "Write 'notify: true', or leave it out.", new Probe.Notify()),
        _ => Grace(context, node, path),
    };

    private static Probe? OnlyTrue(ReadContext context, Node node, string path, string message, Probe probe)
    {
        if (node is ScalarNode { Kind: ScalarKind.Boolean or ScalarKind.Free } scalar && bool.TryParse(scalar.Text, out var value) && value) return probe;
        context.Refuse(node, path, $"Can only be true. {message}");
        return null;
    }

    private static Probe? Http(ReadContext context, Node node, string path)
    {
        var headers = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
        if (node is not MapNode map)
        {
            return Url(context, node, path) is { } only
                ? new Probe.Http(only, StatusText.DefaultFrom, StatusText.DefaultTo, null, headers) : null;
        }

        var section = new Section(context, map, path, "http");
        var url = section.Object("url", (n, p) => Url(context, n, p));
        var status = section.Value("status", (n, p) => Status(context, n, p)) ?? (StatusText.DefaultFrom, StatusText.DefaultTo);
        var contains = section.Object("contains", (n, p) => context.Text(n, p, "a text that the answer's body must hold", 1_000));
        headers = section.Object("headers", (n, p) => Headers(context, n, p)) ?? headers;
        section.Finish();
        if (url is null && section.Take("url") is null) context.Refuse(map, section.PathOf("url"), "Is missing; write a URL such as http://127.0.0.1:5000/health.");
        return url is null ? null : new Probe.Http(url, status.Item1, status.Item2, contains, headers);
    }

    private static string? Url(ReadContext context, Node node, string path)
    {
        const string expected = "a URL that begins with http:// or https://";
        if (context.Text(node, path, expected, 2_000) is not { } text) return null;
        if (EnvironmentExpander.FindSyntaxError(text) is { } error)
        {
            context.Refuse(node, path, error);
            return null;
        }

        // A variable may stand for any part, a port's number included.
        var sample = EnvironmentExpander.Expand(text, _ => "1").Text;
        var isUrl = Uri.TryCreate(sample, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
        if (isUrl && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return text;
        context.Refuse(node, path, $"Is not {expected}."); // It may hold a password, so it is not shown.
        return null;
    }

    private static (int, int)? Status(ReadContext context, Node node, string path)
    {
        const string expected = "a status or a range, such as 204 or 200-299, between 100 and 599";
        if (context.Scalar(node, path, expected, ScalarKind.Text, ScalarKind.Number) is not { } text) return null;
        if (StatusText.TryParse(text, out var from, out var to)) return (from, to);
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        return null;
    }

    private static ImmutableSortedDictionary<string, string> Headers(ReadContext context, Node node, string path)
    {
        var headers = context.TextMap(
            node, path, k => HeaderName().IsMatch(k) && k.Length <= 200 ? null : $"{ReadContext.Quote(k)} is no name of a header; letters, digits and - are allowed.",
            listAllowed: false, longestValue: 8_000);
        foreach (var (key, value) in headers)
        {
            var keyPath = ReadContext.Below(path, key);
            if (value.Any(char.IsControl)) context.Refuse(node, keyPath, "Holds a line break or another control character, which a header cannot.");
            if (EnvironmentExpander.FindSyntaxError(value) is { } error) context.Refuse(node, keyPath, error);
        }

        foreach (var twice in headers.Keys.GroupBy(k => k, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            context.Refuse(node, path, $"{ReadContext.Quote(twice.Key)} is written twice; the case of a header's name does not matter.");
        return headers;
    }

    private static Probe? Exec(ReadContext context, Node node, string path)
    {
        if (node is not MapNode map) return Exec(CommandReader.Read(context, node, path, shell: false), shell: false);
        var section = new Section(context, map, path, "exec");
        var shell = section.Boolean("shell") ?? false;
        var command = section.Take("command");
        section.Finish();
        if (command is null) context.Refuse(map, section.PathOf("command"), "Is missing; write the command whose exit code 0 is success.");
        return command is null ? null : Exec(CommandReader.Read(context, command, section.PathOf("command"), shell), shell);
    }

    private static Probe.Exec? Exec(ImmutableArray<string> command, bool shell) => command.IsEmpty ? null : new Probe.Exec(command, shell);

    private static Probe? Log(ReadContext context, Node node, string path)
    {
        if (context.Text(node, path, "a regular expression", 1_000) is not { } pattern) return null;
        if (LogPattern.TryCompile(pattern, out _, out var error)) return new Probe.Log(pattern);
        context.Refuse(node, path, $"Is not a regular expression: {error}");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]+\z")]
    private static partial Regex HeaderName();
}
