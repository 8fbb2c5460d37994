namespace Ziggie.Api.Contracts;

/// <param name="Success">Whether every target was told.</param>
/// <param name="Targets">In the order of the settings.</param>
internal sealed record NotificationTestAnswer(bool Success, IReadOnlyList<NotificationTestBody> Targets);

/// <param name="Target">Its name.</param>
/// <param name="Delivered">Whether it was told.</param>
/// <param name="Reason">Why not.</param>
internal sealed record NotificationTestBody(string Target, bool Delivered, string? Reason);
