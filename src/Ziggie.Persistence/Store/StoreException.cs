namespace Ziggie.Persistence;

/// <summary>The store cannot be used; the message is for a person and says what to do. Nothing has been overwritten.</summary>
public sealed class StoreException(StoreProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public StoreProblem Problem { get; } = problem;
}
