namespace Ziggie.Processes.Output;

/// <summary>A channel as its store sees it.</summary>
internal interface ILogChannel : IOutputChannel
{
    void SetLimits(LogLimits limits);

    /// <summary>Takes in what is left, closes and returns then.</summary>
    void Close();
}
