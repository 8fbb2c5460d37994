namespace Ziggie.Api.Handover;

/// <summary>The settings with which this daemon was started, for its successor.</summary>
internal sealed record DaemonArguments(IReadOnlyList<string> Settings);
