using System.Collections.Frozen;

namespace Ziggie.Processes;

/// <summary>The signals of Linux by name (x86 and ARM numbering), with and without the prefix SIG.</summary>
public static class SignalNames
{
    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    private static readonly FrozenDictionary<string, int> Numbers = Names
        .Select((name, number) => (name, number)).Where(s => s.number > 0)
        .ToFrozenDictionary(s => s.name, s => s.number, StringComparer.OrdinalIgnoreCase);

    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>"SIGTERM" for 15; "signal 40" for one without a name.</summary>
    public static string NameOf(int signal) =>
        signal > 0 && signal < Names.Length ? "SIG" + Names[signal] : $"signal {signal}";

    /// <summary>Takes "TERM", "SIGTERM", "sigterm" or "15".</summary>
    public static bool TryParse(string? text, out int signal)
    {
        signal = 0;
        if (string.IsNullOrWhiteSpace(text)) return false;
        var name = text.Trim();
        if (int.TryParse(name, out signal)) return signal is > 0 and <= 64;
        if (name.StartsWith("SIG", StringComparison.OrdinalIgnoreCase)) name = name[3..];
        return Numbers.TryGetValue(name, out signal);
    }
}
