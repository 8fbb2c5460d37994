using Ziggie.Api.Http;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>Which output of a service.</summary>
internal static class StreamParameter
{
    public const string Output = "stdout", Errors = "stderr";

    public static readonly WordParameter Parameter =
        new("stream", [Output, Errors, "all"], "all", "Of a service whose standard error is separate (logs.stderr): one of both, or all in the order of time.");

    public static LogStreams Read(QueryReader query) => query.Word(Parameter) switch
    {
        Output => LogStreams.Output,
        Errors => LogStreams.Errors,
        _ => LogStreams.All,
    };

    public static string NameOf(bool isError) => isError ? Errors : Output;
}
