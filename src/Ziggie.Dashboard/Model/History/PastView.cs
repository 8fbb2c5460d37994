using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.History;

/// <summary>Every service as it was at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Services">By name.</param>
public sealed record PastView(DateTimeOffset At, IReadOnlyList<ServiceView> Services)
{
    public int Running => Services.Count(service => service.Pid is not null);

    /// <param name="history">Is asked.</param>
    /// <param name="at">What lies in the future is shown as of now.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<PastView> ReadAsync(IHistory history, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var moment = at < now ? at : now;
        var past = await history.AtAsync(moment, cancellationToken);
        return new PastView(moment, [.. past.Where(s => s.State.Definition is not null).Select(s => ServiceViews.Of(s.Id, s.State))]);
    }

    /// <summary>How long its process had been running then; null without one.</summary>
    public TimeSpan? UptimeOf(ServiceView service) => service.StartedAt is { } start ? At > start ? At - start : TimeSpan.Zero : null;
}
