namespace Ziggie.Actors.Services;

/// <summary>Who listens on the ports of this machine.</summary>
public interface IPorts
{
    /// <summary>Null when nobody listens on the port; else a text such as "nginx (PID 12)" or "another program".</summary>
    string? OwnerOf(int port);
}
