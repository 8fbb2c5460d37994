namespace Ziggie.Dashboard.Access;

/// <summary>What services get from the daemon's surroundings; the host answers it.</summary>
public interface IDaemonEnvironment
{
    /// <summary>The daemon's own variables, secrets in the clear: never to be shown as they are.</summary>
    IReadOnlyDictionary<string, string> Variables();

    /// <summary>The text of an environment file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    string ReadFile(string path);
}
