using System.Globalization;

namespace Ziggie.Dummy;

/// <summary>
/// Runs verbs from the command line one after the other, each with its operands: <c>out 3 listen 8080 wait 500 exit 2</c>. Exits with 0
/// after the last one.
/// </summary>
/// <remarks>
/// <code>
/// say TEXT           a line on standard output        complain TEXT      a line on standard error
/// out N  err N       numbered lines "out 1"           every MS           pause after each following line
/// partial TEXT       without a line feed              line BYTES         one long line of x
/// flood MB           numbered lines of 100 bytes      nul, invalid-utf8  a line with such bytes
/// wait MS            sleep                            hang               for ever
/// wait-file PATH     until the file exists            touch PATH         make a file
/// exit CODE          at once                          kill SIGNAL        end itself by its number
/// ignore-term        take no notice of SIGTERM        on-term MS CODE    on SIGTERM sleep, then exit
/// notify TEXT        tell it to NOTIFY_SOCKET         hoard MB           hold so much memory
/// listen PORT        accept connections               http PORT          answer 200 to everything
/// fork MODE          a sleeping child (see Forks)     pid, env, cwd, umask, sid, signals, fds   print it
/// pour MB            as many in each second, for ever  forbid-copies COMMAND…  see Confinement
/// launch-without-descriptors KIND  see Exhaustion
/// run-child          a child of the runtime's, which from then on looks after children
/// supervise N SCRIPT…  run N shell scripts as services until SIGTERM (see Supervision)
/// </code>
/// </remarks>
internal sealed class Script(string[] words)
{
    private byte[]? _hoard;
    private int _next;

    public int Run()
    {
        while (_next < words.Length) Do(Word());
        return 0;
    }

    private void Do(string verb)
    {
        switch (verb)
        {
            case "say": Output.Line(Word()); break;
            case "complain": Output.ErrorLine(Word()); break;
            case "out": Output.Numbered("out", Number()); break;
            case "err": Output.Numbered("err", Number()); break;
            case "every": Output.Pause = Number(); break;
            case "partial": Output.Text(Word()); break;
            case "line": Output.LongLine(Number()); break;
            case "flood": Output.Flood(Number()); break;
            case "nul": Output.Bytes("before\0after\n"u8); break;
            case "invalid-utf8": Output.Bytes([(byte)'a', 0xff, 0xc3, (byte)'b', (byte)'\n']); break;
            case "wait": Thread.Sleep(Number()); break;
            case "hang": Thread.Sleep(Timeout.Infinite); break;
            case "wait-file": WaitFor(Word()); break;
            case "touch": File.WriteAllText(Word(), ""); break;
            case "exit": Environment.Exit(Number()); break;
            case "kill": Signals.EndSelf(Number()); break;
            case "ignore-term": Signals.IgnoreTerm(); break;
            case "on-term": Signals.OnTerm(Number(), Number()); break;
            case "notify": Servers.Notify(Word()); break;
            case "listen": Servers.Listen(Number()); break;
            case "http": Servers.AnswerHttp(Number()); break;
            case "hoard": Hoard(Number()); break;
            case "fork": Forks.Start(Word()); break;
            case "launch-without-descriptors": Exhaustion.Launch(Enum.Parse<Ziggie.Processes.LauncherKind>(Word())); break;
            case "run-child": System.Diagnostics.Process.Start("/bin/true").WaitForExit(); break;
            case "supervise": Supervision.Run([.. Enumerable.Range(0, Number()).Select(_ => Word())]); break;
            case "forbid-copies": Confinement.ForbidCopies(words[_next..]); break;
            case "pour": Output.Pour(Number()); break;
            default: Facts.Print(verb); break;
        }
    }

    /// <summary>Touches each page, so that it is resident.</summary>
    private void Hoard(int megabytes)
    {
        _hoard = GC.AllocateUninitializedArray<byte>(megabytes * 1_000_000, pinned: true);
        for (var at = 0; at < _hoard.Length; at += 4096) _hoard[at] = 1;
    }

    private static void WaitFor(string path)
    {
        while (!File.Exists(path)) Thread.Sleep(10);
    }

    private string Word() => _next < words.Length ? words[_next++] : throw new ArgumentException("The last verb lacks an operand.");

    private int Number() => int.Parse(Word(), CultureInfo.InvariantCulture);
}
