using Ziggie.Actors.Domain;
using Ziggie.Api.Contracts;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Notifications;

/// <summary>What may be told.</summary>
internal static class NotificationEvents
{
    public const string Test = "test";

    /// <summary>What is told unless a target says otherwise: failed, gave_up, unhealthy, recovered.</summary>
    public static IReadOnlyList<string> Default { get; } = Words.All<TroubleKind>();

    public static IReadOnlyList<string> All { get; } = [.. Default.Concat(HistoryKinds.OfServices).Distinct()];

    /// <summary>As which an event is told to a target; null when it is not.</summary>
    public static string? Of(TailedEvent happened, NotificationTarget target)
    {
        if (happened.Trouble is { } trouble && target.Events.Contains(Words.Of(trouble))) return Words.Of(trouble);
        return target.Events.Contains(happened.Entry.Kind) ? happened.Entry.Kind : null;
    }
}
