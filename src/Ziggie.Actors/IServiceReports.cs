namespace Ziggie.Actors;

/// <summary>
/// Tells services what was seen of them by somebody who watches all of them together. Returns at once; each service decides itself.
/// </summary>
public interface IServiceReports
{
    /// <param name="service">Its name.</param>
    /// <param name="generation">Of which run; a report about an older one is ignored.</param>
    /// <param name="message">Which limit, as a sentence.</param>
    void LimitExceeded(string service, long generation, string message);
}
