namespace Ziggie.Processes.Output;

/// <summary>
/// Where a service's FIFO and log are. "NAME.err" is the separate standard error of "NAME": it has a FIFO and a log of its own, the log in
/// the folder "stderr" inside the service's.
/// </summary>
internal sealed record LogPaths(string Fifo, string Folder)
{
    public const string RemovedFolder = ".removed";

    private const int LongestName = 100;

    /// <exception cref="ArgumentException">The name could not be a service's, so it must not become a path.</exception>
    public static LogPaths Of(string runFolder, string logFolder, string service)
    {
        var isError = ErrorLog.Is(service);
        var name = ErrorLog.ServiceOf(service);
        if (name.Length is 0 or > LongestName || !name.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '_' or '-'))
            throw new ArgumentException($"'{service}' is not the name of a service: 1 to {LongestName} of a-z 0-9 _ - are.", nameof(service));
        var folder = Path.Combine(logFolder, name);
        return new(Path.Combine(runFolder, service + ".out"), isError ? Path.Combine(folder, "stderr") : folder);
    }
}
