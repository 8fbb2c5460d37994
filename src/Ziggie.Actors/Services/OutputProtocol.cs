using Ziggie.Actors.Domain;
using Ziggie.Processes.Output;

namespace Ziggie.Actors.Services;

/// <summary>What is asked of a log writer, and what it answers to whoever <c>Sender</c> is.</summary>
internal static class OutputProtocol
{
    /// <param name="Generation">Of the run.</param>
    /// <param name="Service">Its name.</param>
    /// <param name="Limits">For each of its logs.</param>
    /// <param name="SeparateErrors">Whether standard error has a log of its own.</param>
    /// <param name="AsksStart">Whether somebody will read from where the run's output begins.</param>
    public sealed record Open(long Generation, string Service, LogLimits Limits, bool SeparateErrors, bool AsksStart);

    /// <param name="Generation">Of the run.</param>
    /// <param name="Paths">What the process writes to.</param>
    /// <param name="Start">Where what is printed from now on begins; null when it was not asked for.</param>
    public sealed record Opened(long Generation, OutputPaths Paths, OutputStart? Start);

    public sealed record OpenFailed(long Generation, string Message);

    public sealed record Drain(long Generation);

    public sealed record Drained(long Generation);

    public sealed record Remove(string Service);

    public sealed record Removed;
}
