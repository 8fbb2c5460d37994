using System.Globalization;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>What a run has noted of itself, outside of the daemon's way.</summary>
internal sealed record TrueRun(string Service, string RunId)
{
    public int? Pid { get; init; }

    /// <summary>The last numbered line that it has surely written; one more may have got out.</summary>
    public int Lines { get; init; }

    /// <summary>Set when it was about to exit by itself.</summary>
    public int? Code { get; init; }

    /// <summary>Set when it was about to end itself by a signal.</summary>
    public int? Signal { get; init; }

    public IReadOnlyList<int> Children { get; init; } = [];

    public static IReadOnlyList<TrueRun> ReadAll(string folder) => [.. Directory.GetFiles(folder).Select(Read)];

    public static TrueRun Read(string file)
    {
        var name = Path.GetFileName(file);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var run = new TrueRun(name[..dot], name[(dot + 1)..]);
        List<int> children = [];
        foreach (var note in File.ReadLines(file))
        {
            if (note.Split(' ') is not [var word, var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var number)) continue;
            switch (word)
            {
                case "start": run = run with { Pid = number }; break;
                case "line": run = run with { Lines = number }; break;
                case "exit": run = run with { Code = number }; break;
                case "signal": run = run with { Signal = number }; break;
                case "child": children.Add(number); break;
            }
        }
        return run with { Children = children };
    }
}
