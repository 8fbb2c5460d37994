using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions.Values;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Reads a command: a list of words, or a text that is split by shell quoting rules unless a shell is to run it.</summary>
internal static class CommandReader
{
    private const string Expected = "a list of program and arguments, or one text";

    /// <summary>The words, or with <paramref name="shell"/> the one text; empty after an error.</summary>
    public static ImmutableArray<string> Read(ReadContext context, Node node, string path, bool shell)
    {
        var before = context.Errors.Count;
        var words = node is ListNode
            ? context.TextList(node, path, Expected, (n, p) => context.AnyText(n, p, "a text", loose: true))
            : ReadText(context, node, path, shell);
        if (context.Errors.Count > before) return [];

        if (words.IsEmpty || string.IsNullOrWhiteSpace(words[0]))
            context.Refuse(node, path, "Is empty; write the program first, then its arguments.");
        else if (shell && words.Length > 1)
            context.Refuse(node, path, "With 'shell: true' the command is one text, which the shell splits itself.");
        else if (!shell && words.Select(EnvironmentExpander.FindSyntaxError).FirstOrDefault(e => e is not null) is { } error)
            context.Refuse(node, path, error);
        return words;
    }

    private static ImmutableArray<string> ReadText(ReadContext context, Node node, string path, bool shell)
    {
        if (context.AnyText(node, path, Expected, loose: false) is not { } text) return [];
        if (shell) return [text];
        if (ShellWords.TrySplit(text, out var words, out var error)) return words;
        context.Refuse(node, path, error!);
        return [];
    }
}
