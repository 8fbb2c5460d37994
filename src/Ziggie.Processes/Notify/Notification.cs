namespace Ziggie.Processes.Notify;

/// <summary>What a service says of itself by sd_notify(3): one datagram.</summary>
/// <param name="IsReady">READY=1.</param>
/// <param name="IsAlive">WATCHDOG=1.</param>
/// <param name="IsStuck">WATCHDOG=trigger: the service asks to be treated as one that hangs.</param>
/// <param name="Status">STATUS=…, at most 500 characters; null when it was not in it.</param>
public sealed record Notification(bool IsReady, bool IsAlive, bool IsStuck, string? Status)
{
    private const int LongestStatus = 500;

    /// <summary>Lines of NAME=value; those that mean nothing here are passed over.</summary>
    public static Notification Parse(string text)
    {
        var found = new Notification(false, false, false, null);
        foreach (var line in text.Split('\n'))
        {
            found = line.TrimEnd('\r') switch
            {
                "READY=1" => found with { IsReady = true },
                "WATCHDOG=1" => found with { IsAlive = true },
                "WATCHDOG=trigger" => found with { IsStuck = true },
                ['S', 'T', 'A', 'T', 'U', 'S', '=', .. var status] => found with { Status = Clean(status) },
                _ => found,
            };
        }
        return found;
    }

    private static string Clean(string status)
    {
        var plain = string.Concat(status.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return plain.Length <= LongestStatus ? plain : plain[..LongestStatus];
    }
}
