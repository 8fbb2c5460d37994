namespace Ziggie.Persistence.Tests.Support;

/// <summary>A home of its own for a test, gone after it.</summary>
internal sealed class TempHome : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ziggie-store-").FullName;

    public PersistenceOptions Options => new() { Home = Path };

    public string Database => Options.DatabasePath;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new(Options.EffectiveConnectionString));
        Directory.Delete(Path, recursive: true);
    }
}
