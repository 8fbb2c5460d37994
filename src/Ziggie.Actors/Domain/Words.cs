namespace Ziggie.Actors.Domain;

/// <summary>What a service is meant to be.</summary>
public enum Desired { Down, Up }

/// <summary>Where a service stands.</summary>
public enum Phase { Stopped, Waiting, Starting, Running, Stopping, Backoff, Completed, Failed }

/// <summary>The coarse answer for clients: running = there is a process; failed = one was wanted and is not there.</summary>
public enum ServiceStatus { Stopped, Running, Failed }

public enum Health { Unknown, Healthy, Unhealthy }
