namespace Ziggie.Processes.Linux;

/// <summary>What is of use here of one line of <c>/proc/PID/stat</c>.</summary>
internal readonly record struct ProcStat(int Pid, int Parent, int Group, int Session, long StartTime, char State, bool IsKernelThread, int ExitCode)
{
    private const ulong KernelThread = 0x0020_0000;
    private const ulong Exiting = 0x0000_0004;

    /// <summary>Clock ticks that it has used.</summary>
    public long OwnTicks { get; init; }

    /// <summary>Clock ticks that its children had used when it waited for them, their own children included.</summary>
    public long ChildTicks { get; init; }

    public int Threads { get; init; }

    public long ResidentPages { get; init; }

    /// <summary>
    /// Address after the program's data; 0 without permission to look. While the process becomes another program, it is set after the
    /// environment's addresses, which are the same for a moment before.
    /// </summary>
    public long DataEnd { get; init; }

    /// <summary>Address of the environment; 0 without permission to look, and while the process becomes another program.</summary>
    public long EnvironmentStart { get; init; }

    /// <summary>Address after the environment, as <see cref="EnvironmentStart"/>.</summary>
    public long EnvironmentEnd { get; init; }

    /// <summary>On its way out, its memory gone already or about to be, and not yet a zombie.</summary>
    public bool IsExiting { get; init; }

    /// <summary>Ended, and waiting to be reaped or being so.</summary>
    public bool IsZombie => State is 'Z' or 'X' or 'x';

    /// <summary>
    /// Reads the line. The name may hold anything, parentheses, blanks and line feeds included, so the fields are counted from the
    /// last closing one.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ProcStat stat)
    {
        stat = default;
        var open = line.IndexOf((byte)'(');
        var close = line.LastIndexOf((byte)')');
        if (open < 2 || close < 0 || !TryNumber(line[..(open - 1)], out var pid)) return false;

        var rest = line[(close + 1)..].TrimEnd((byte)'\n');
        if (rest.Length < 3) return false;
        var state = (char)rest[1];
        rest = rest[2..];

        long parent = 0, group = 0, session = 0, flags = 0, start = 0, exit = 0;
        long user = 0, system = 0, childUser = 0, childSystem = 0, threads = 0, pages = 0, dataEnd = 0, environment = 0, environmentEnd = 0;
        for (var field = 4; !rest.IsEmpty && field <= 52; field++)
        {
            rest = rest[1..];
            var end = rest.IndexOf((byte)' ');
            var token = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[end..];
            switch (field)
            {
                case 4: TryNumber(token, out parent); break;
                case 5: TryNumber(token, out group); break;
                case 6: TryNumber(token, out session); break;
                case 9: TryNumber(token, out flags); break;
                case 14: TryNumber(token, out user); break;
                case 15: TryNumber(token, out system); break;
                case 16: TryNumber(token, out childUser); break;
                case 17: TryNumber(token, out childSystem); break;
                case 20: TryNumber(token, out threads); break;
                case 24: TryNumber(token, out pages); break;
                case 22 when !TryNumber(token, out start): return false;
                case 46: TryNumber(token, out dataEnd); break;
                case 50: TryNumber(token, out environment); break;
                case 51: TryNumber(token, out environmentEnd); break;
                case 52: TryNumber(token, out exit); break;
            }
        }
        stat = new ProcStat((int)pid, (int)parent, (int)group, (int)session, start, state, ((ulong)flags & KernelThread) != 0, (int)exit)
        {
            OwnTicks = user + system,
            ChildTicks = childUser + childSystem,
            Threads = (int)threads,
            ResidentPages = pages,
            IsExiting = ((ulong)flags & Exiting) != 0,
            DataEnd = dataEnd,
            EnvironmentStart = environment,
            EnvironmentEnd = environmentEnd,
        };
        return start > 0 || pid == 1;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long number) =>
        System.Buffers.Text.Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;
}
