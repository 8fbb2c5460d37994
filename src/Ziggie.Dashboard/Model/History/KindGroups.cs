using System.Collections.Immutable;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.History;

/// <summary>Kinds of happenings that belong together, each under one word for the address.</summary>
public static class KindGroups
{
    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<(string Word, string Title, ImmutableArray<string> Kinds)> All { get; } =
    [
        ("problems", "Problems", ["start_failed", "wait_timed_out", "restart_planned", "gave_up", "health_changed", AuditKinds.DaemonDied, AuditKinds.SignInFailed]),
        ("runs", "Starts and ends", ["started", "ready", "start_failed", "stopping", "exited", "tree_gone", "restart_planned", "gave_up"]),
        ("commands", "What people wanted", ["start_wanted", "stop_wanted", AuditKinds.SignalSent]),
        ("definitions", "Definitions", ["defined", "removed", AuditKinds.ConfigApplied]),
        ("users", "Users and sign-ins",
            [AuditKinds.SignedIn, AuditKinds.SignInFailed, AuditKinds.PasswordChanged, AuditKinds.UserCreated, AuditKinds.UserChanged, AuditKinds.UserRemoved]),
        ("daemon", "The daemon",
            [AuditKinds.DaemonStarted, AuditKinds.DaemonStopped, AuditKinds.DaemonHandedOver, AuditKinds.DaemonDied, AuditKinds.BackupCreated,
                AuditKinds.BackupRestored, AuditKinds.Exported, AuditKinds.Imported]),
    ];

    /// <summary>The kinds for a word, or for kinds with commas between; empty when none is known.</summary>
    public static ImmutableArray<string> Of(string text) => All.FirstOrDefault(group => group.Word == text) is { Word: not null } group
        ? group.Kinds
        : [.. text.Split(',', StringSplitOptions.TrimEntries).Where(HistoryKinds.All.Contains)];
}
