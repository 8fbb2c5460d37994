namespace Ziggie.Processes.Output;

/// <summary>Which of a service's outputs. Unless its standard error is separate, everything is <see cref="Output"/>.</summary>
[Flags]
public enum LogStreams
{
    Output = 1,
    Errors = 2,
    All = Output | Errors,
}
