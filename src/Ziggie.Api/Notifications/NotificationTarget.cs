using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Ziggie.Api.Notifications;

internal enum TargetType { Webhook, Command }

/// <summary>Somebody who wants to be told, as configured.</summary>
internal sealed record NotificationTarget
{
    public required string Name { get; init; }

    public required TargetType Type { get; init; }

    /// <summary>Of a webhook.</summary>
    public Uri? Url { get; init; }

    /// <summary>Signs a webhook's messages; null for none.</summary>
    public string? Secret { get; init; }

    /// <summary>Program and arguments of a command.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>What to tell: <see cref="NotificationEvents"/> and kinds of the history.</summary>
    public required ImmutableArray<string> Events { get; init; }

    /// <summary>Of these services and groups alone; both empty for all.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>So many of the last lines of the log go along.</summary>
    public int LogLines { get; init; }

    /// <summary>For one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>At most one of a kind for a service in this time.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts after the first.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>The first wait between attempts; each further one is twice as long, up to <see cref="LongestDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public static TimeSpan LongestDelay { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Under which its place in the journal is kept: it stays when other settings or the order of targets change.</summary>
    public string PositionName
    {
        get
        {
            var place = $"{Type}\n{Url}\n{string.Join('\0', Command)}";
            return $"notifications:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)))[..16]}";
        }
    }
}
