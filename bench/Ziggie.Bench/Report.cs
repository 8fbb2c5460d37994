using System.Globalization;

namespace Ziggie.Bench;

/// <summary>Prints one line of a Markdown table for each figure, with the load of the machine beside it.</summary>
internal static class Report
{
    public static void Head(Options options)
    {
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {options.Runs} runs, {options.Services} services");
        Console.WriteLine("| what | median | others | load |");
        Console.WriteLine("|---|---|---|---|");
    }

    /// <summary>The median, and the 99th percentile when there are enough samples to have one, else the range.</summary>
    public static void Samples(string what, IReadOnlyList<double> samples, string unit)
    {
        var sorted = samples.Order().ToArray();
        if (sorted.Length == 0)
        {
            Line(what, "none");
            return;
        }
        var others = sorted.Length >= 50
            ? $"p99 {Text(sorted[(int)(sorted.Length * 0.99)])}, worst {Text(sorted[^1])}"
            : $"{Text(sorted[0])} to {Text(sorted[^1])}";
        Line(what, $"{Text(Median(sorted))} {unit}", $"{others} ({sorted.Length})");
    }

    public static void Line(string what, string value, string others = "") =>
        Console.WriteLine($"| {what} | {value} | {others} | {Machine.Load} |");

    public static double Median(IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public static string Text(double value) =>
        value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
