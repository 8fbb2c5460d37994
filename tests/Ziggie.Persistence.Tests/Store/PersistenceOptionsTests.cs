using Microsoft.Extensions.Configuration;

namespace Ziggie.Persistence.Tests.Store;

public sealed class PersistenceOptionsTests
{
    [Fact]
    public void Without_settings_the_store_is_a_file_in_the_home()
    {
        var options = From();

        Assert.Equal(StoreProvider.Sqlite, options.Provider);
        Assert.Equal("/srv/z/ziggie.db", options.DatabasePath);
    }

    [Fact]
    public void A_relative_file_is_meant_from_the_home()
    {
        Assert.Equal("/srv/z/my.db", From(("Persistence:ConnectionString", "Data Source=my.db")).DatabasePath);
    }

    [Theory]
    [InlineData("sqlite", StoreProvider.Sqlite)]
    [InlineData("SQLite", StoreProvider.Sqlite)]
    [InlineData("postgresql", StoreProvider.PostgreSql)]
    public void The_provider_is_read_in_any_case(string text, StoreProvider provider)
    {
        Assert.Equal(provider, From(("Persistence:Provider", text), ("Persistence:ConnectionString", "Data Source=/x/y.db")).Provider);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("1")]
    [InlineData("")]
    public void An_unknown_provider_is_refused_with_the_known_ones(string text)
    {
        var e = Assert.Throws<StoreException>(() => From(("Persistence:Provider", text)));

        Assert.Contains("'sqlite' or 'postgresql'", e.Message);
    }

    [Fact]
    public void PostgreSql_without_a_connection_string_is_refused_with_an_example()
    {
        var e = Assert.Throws<StoreException>(() => From(("Persistence:Provider", "postgresql")));

        Assert.Contains("Persistence:ConnectionString", e.Message);
    }

    [Fact]
    public void The_pool_stays_below_the_servers_limit_unless_it_is_set()
    {
        Assert.Contains("Maximum Pool Size=20", Effective("Host=h"));
        Assert.Contains("Maximum Pool Size=50", Effective("Host=h;Maximum Pool Size=50"));
    }

    private static string Effective(string connectionString) =>
        new PersistenceOptions { Home = "/srv/z", Provider = StoreProvider.PostgreSql, ConnectionString = connectionString }.EffectiveConnectionString;

    private static PersistenceOptions From(params (string Key, string Value)[] settings) =>
        PersistenceOptions.From(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build(),
            "/srv/z");
}
