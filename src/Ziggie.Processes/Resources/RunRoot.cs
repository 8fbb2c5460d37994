namespace Ziggie.Processes.Resources;

/// <summary>A run whose tree is to be measured.</summary>
/// <param name="Service">Its name.</param>
/// <param name="RunId">By which strays are known.</param>
/// <param name="Main">Its main process, which lives.</param>
public sealed record RunRoot(string Service, string RunId, ProcessIdentity Main);
