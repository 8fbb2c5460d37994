namespace Ziggie.Api.Hosting;

/// <summary>What must happen before the daemon goes down, while it still answers reads.</summary>
public interface IDaemonShutdown
{
    /// <summary>Ends when every service is down in order, or when nothing will change any more and they can be left running.</summary>
    Task StopServicesAsync(bool keep);
}
