namespace Ziggie.Persistence.Store;

/// <summary>One step from a schema to the next. Never changed once shipped.</summary>
/// <param name="Version">The schema's version after it.</param>
/// <param name="Sqlite">Statements for SQLite.</param>
/// <param name="PostgreSql">The same for PostgreSQL.</param>
internal sealed record Migration(long Version, string Sqlite, string PostgreSql);
