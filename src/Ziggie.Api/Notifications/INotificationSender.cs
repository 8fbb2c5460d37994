namespace Ziggie.Api.Notifications;

/// <summary>Makes one attempt.</summary>
internal interface INotificationSender
{
    /// <summary>Null when it arrived, else why not and whether it is worth another try.</summary>
    Task<SendFailure?> SendAsync(NotificationTarget target, Notification notification, CancellationToken cancellationToken);
}

/// <param name="Reason">A sentence without secrets.</param>
/// <param name="MayPass">False when another attempt would come out the same.</param>
/// <param name="After">When the receiver wants the next attempt; null where it does not say.</param>
internal sealed record SendFailure(string Reason, bool MayPass, TimeSpan? After = null);
