namespace Ziggie.Persistence;

public enum StoreProvider { Sqlite, PostgreSql }
