namespace Ziggie.Dashboard.Model.Service;

/// <summary>How far back charts go.</summary>
/// <param name="Word">In the address.</param>
/// <param name="Title">For people.</param>
/// <param name="Span">The time.</param>
/// <param name="Step">Between two marks of the time's axis.</param>
public sealed record PlotRange(string Word, string Title, TimeSpan Span, TimeSpan Step)
{
    public static IReadOnlyList<PlotRange> All { get; } =
    [
        new("5m", "5 min", TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)),
        new("30m", "30 min", TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5)),
        new("1h", "1 hour", TimeSpan.FromHours(1), TimeSpan.FromMinutes(10)),
    ];

    /// <summary>The one that an address names; the shortest when it names none.</summary>
    public static PlotRange Parse(string? word) => All.FirstOrDefault(range => range.Word == word) ?? All[0];
}
