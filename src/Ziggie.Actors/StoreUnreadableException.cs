namespace Ziggie.Actors;

/// <summary>Something in the store cannot be read, so it is not known how services stand.</summary>
/// <param name="finding">A sentence that names what.</param>
public sealed class StoreUnreadableException(string finding) : Exception(finding);
