namespace Ziggie.Processes.Output;

/// <summary>The separate standard error of a service has a channel and a log of its own.</summary>
public static class ErrorLog
{
    private const string Suffix = ".err";

    /// <summary>The name by which <see cref="IOutputStore"/> knows the standard error of a service.</summary>
    public static string Of(string service) => service + Suffix;

    public static bool Is(string log) => log.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>The name of the service that a log belongs to.</summary>
    public static string ServiceOf(string log) => Is(log) ? log[..^Suffix.Length] : log;
}
