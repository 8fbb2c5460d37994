namespace Ziggie.Persistence.Tests.Support;

/// <summary>A test on a real PostgreSQL server, where one is installed.</summary>
internal sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute()
    {
        if (PostgreSqlServer.Binaries is null) Skip = "PostgreSQL is not installed (Debian: apt-get install postgresql).";
    }
}
