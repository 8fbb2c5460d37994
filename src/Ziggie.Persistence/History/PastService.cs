using Ziggie.Actors.Domain;

namespace Ziggie.Persistence.History;

/// <summary>A service as it once was.</summary>
/// <param name="Id">Of the service; a name may have had several.</param>
/// <param name="State">What its events up to then say.</param>
public sealed record PastService(int Id, ServiceState State);
