namespace Ziggie.Api.Notifications;

/// <summary>The sender for each type of target.</summary>
internal sealed class Senders(WebhookSender webhooks, CommandSender commands)
{
    public INotificationSender For(NotificationTarget target) => target.Type == TargetType.Webhook ? webhooks : commands;
}
