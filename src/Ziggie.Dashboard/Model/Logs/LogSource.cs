using System.Globalization;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>One of the logs that are shown together: the output of a service, or its separate standard error.</summary>
/// <param name="Service">Whose.</param>
/// <param name="IsError">Whether it is the standard error alone.</param>
/// <param name="Number">Of the service among those shown; gives it its colour.</param>
public sealed record LogSource(string Service, bool IsError, int Number)
{
    /// <summary>Its name in <see cref="IOutputStore"/>.</summary>
    public string Log => IsError ? ErrorLog.Of(Service) : Service;

    /// <summary>Both logs of each service; one that does not exist is empty.</summary>
    public static IReadOnlyList<LogSource> Of(IReadOnlyList<string> services) =>
        [.. services.SelectMany((service, number) => new[] { new LogSource(service, false, number), new LogSource(service, true, number) })];

    /// <summary>How an address names a line: the position alone in the only service's output, else with the log's name before it.</summary>
    public string LineName(long position, bool isOnly) => isOnly && !IsError
        ? position.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Log}:{position}");

    /// <summary>Which source, by its index, and which position an address names; null when it names none of these.</summary>
    public static (int Source, long Position)? Find(IReadOnlyList<LogSource> sources, string? lineName)
    {
        if (lineName is null) return null;
        var colon = lineName.LastIndexOf(':');
        if (!long.TryParse(lineName.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return null;
        var log = colon < 0 ? sources.FirstOrDefault()?.Log : lineName[..colon];
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i].Log == log) return (i, position);
        }
        return null;
    }
}
