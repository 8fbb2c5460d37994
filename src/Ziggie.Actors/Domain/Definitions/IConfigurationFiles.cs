namespace Ziggie.Actors.Domain.Definitions;

/// <summary>The files that a configuration is read from.</summary>
public interface IConfigurationFiles
{
    /// <summary>The text of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    string Read(string path);

    /// <summary>The files that a pattern with <c>*</c> or <c>**</c> stands for, absolute and in a fixed order; none is no error.</summary>
    /// <param name="pattern">Absolute.</param>
    IReadOnlyList<string> Find(string pattern);
}
