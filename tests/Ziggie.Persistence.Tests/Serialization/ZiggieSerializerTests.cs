using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Nodes;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Serialization;

namespace Ziggie.Persistence.Tests.Serialization;

public sealed class ZiggieSerializerTests
{
    private readonly ZiggieSerializer _serializer = new(null!);

    [Fact]
    public void An_unknown_name_means_a_newer_ziggie()
    {
        var e = Assert.Throws<SerializationException>(() => Read("service.cloned.v1", "{}"));

        Assert.Contains("'service.cloned.v1'", e.Message);
        Assert.Contains("newer Ziggie", e.Message);
    }

    [Fact]
    public void Members_that_are_not_known_are_passed_over()
    {
        var read = Read("service.removed.v1", """{"by":"ada","at":"2026-03-01T12:00:00+00:00","cost":5,"more":{"x":[1]}}""");

        Assert.Equal(new ServiceEvents.Removed("ada", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)), read);
    }

    [Theory]
    [InlineData("""{"at":"2026-03-01T12:00:00+00:00"}""")]
    [InlineData("""{"by":null,"at":"2026-03-01T12:00:00+00:00"}""")]
    [InlineData("""{"by":"ada","at":"yesterday"}""")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("")]
    public void What_lacks_something_is_an_error_with_its_name(string json)
    {
        var e = Assert.Throws<SerializationException>(() => Read("service.removed.v1", json));

        Assert.Contains("'service.removed.v1'", e.Message);
    }

    [Fact]
    public void A_stored_definition_that_is_not_valid_says_what_is_wrong()
    {
        var e = Assert.Throws<SerializationException>(
            () => Read("service.defined.v1", """{"definition":{"name":"x","command":["y"],"port":0},"by":"ada","at":"2026-03-01T12:00:00+00:00"}"""));

        Assert.Contains("port", e.Message);
    }

    [Fact]
    public void A_snapshot_without_a_member_that_came_later_has_its_default()
    {
        var read = Assert.IsType<ServiceState>(Read("service.state.v1", """{"desired":"up"}"""));

        Assert.Equivalent(ServiceState.Empty with { Desired = Desired.Up }, read, strict: true);
    }

    [Fact]
    public void A_type_without_a_name_is_refused()
    {
        Assert.Throws<SerializationException>(() => _serializer.ToBinary(new object()));
        Assert.Throws<SerializationException>(() => _serializer.Manifest(new Uri("http://x")));
    }

    [Fact]
    public void Older_versions_are_upgraded_one_after_the_other()
    {
        var serializer = new ZiggieSerializer(null!, [new FromMinusOne(), new FromZero()]);

        var read = serializer.FromBinary("""{"user":"ada","time":"2026-03-01T12:00:00Z"}"""u8.ToArray(), "service.removed.v-1");

        Assert.Equal(new ServiceEvents.Removed("ADA", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)), read);
    }

    [Fact]
    public void An_upgrade_to_something_unknown_is_refused()
    {
        var serializer = new ZiggieSerializer(null!, [new FromMinusOne()]);

        Assert.Throws<SerializationException>(() => serializer.FromBinary("""{"user":"ada"}"""u8.ToArray(), "service.removed.v-1"));
    }

    private object Read(string manifest, string json) => _serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest);

    private sealed class FromMinusOne : IUpcaster
    {
        public string From => "service.removed.v-1";

        public string To => "service.removed.v0";

        public JsonNode Upgrade(JsonNode stored) => new JsonObject { ["by"] = (string)stored["user"]!, ["time"] = stored["time"]?.DeepClone() };
    }

    private sealed class FromZero : IUpcaster
    {
        public string From => "service.removed.v0";

        public string To => "service.removed.v1";

        public JsonNode Upgrade(JsonNode stored) =>
            new JsonObject { ["by"] = ((string)stored["by"]!).ToUpperInvariant(), ["at"] = stored["time"]?.DeepClone() };
    }
}
