using System.Diagnostics;
using System.Text;

namespace Ziggie.Dummy;

/// <summary>Writes unbuffered, byte for byte.</summary>
internal static class Output
{
    private const int LineLength = 100;
    private const int LinesInBlock = 500;

    private static readonly Stream Out = Console.OpenStandardOutput();
    private static readonly Stream Error = Console.OpenStandardError();

    /// <summary>For those who write from several threads.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>Milliseconds after each numbered line.</summary>
    public static int Pause { get; set; }

    public static void Bytes(ReadOnlySpan<byte> bytes) => Out.Write(bytes);

    public static void Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static void Line(string text) => Text(text + "\n");

    public static void ErrorLine(string text) => Error.Write(Encoding.UTF8.GetBytes(text + "\n"));

    public static void Numbered(string stream, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            if (stream == "out") Line($"out {number}");
            else ErrorLine($"err {number}");
            if (Pause > 0) Thread.Sleep(Pause);
        }
    }

    public static void LongLine(int bytes) => Line(new string('x', bytes));

    /// <summary>Lines of 100 bytes, line feed included, that begin with their number from 1 on.</summary>
    public static void Flood(int megabytes)
    {
        var lines = megabytes * (1_000_000 / LineLength);
        for (var first = 0; first < lines; first += LinesInBlock) Block(first);
    }

    /// <summary>The same at a steady rate, for ever.</summary>
    public static void Pour(int megabytesInSecond)
    {
        var clock = Stopwatch.StartNew();
        for (var first = 0; ; first += LinesInBlock)
        {
            Block(first);
            var ahead = ((first + LinesInBlock) * (double)LineLength / (megabytesInSecond * 1_000_000)) - clock.Elapsed.TotalSeconds;
            if (ahead > 0.02) Thread.Sleep(TimeSpan.FromSeconds(ahead));
        }
    }

    private static void Block(int first)
    {
        var block = new byte[LineLength * LinesInBlock];
        block.AsSpan().Fill((byte)'.');
        for (var index = 0; index < LinesInBlock; index++)
        {
            var line = block.AsSpan(index * LineLength, LineLength);
            (first + index + 1).TryFormat(line, out var digits);
            line[digits] = (byte)' ';
            line[^1] = (byte)'\n';
        }
        Out.Write(block);
    }
}
