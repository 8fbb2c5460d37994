using System.Text.Json.Nodes;
using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Domain.Definitions.Reading;

namespace Ziggie.Actors.Tests.Definitions;

public class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(DefinitionSchema.Text)!.AsObject();

    [Fact]
    public void The_schema_knows_the_reader_s_keys_and_no_others()
    {
        var context = new ReadContext(null);
        FileReader.Read(context, YamlNodes.Read(
            """
            services:
              a:
                command: x
                ready: { http: { url: "http://x/" } }
                health: { exec: { command: x } }
                restart: {}
                stop: {}
                schedule: {}
                limits: {}
                logs: {}
            """), mayInclude: true);

        Assert.Equal(context.KnownKeys["file"].Order(), Schema["properties"]!.AsObject().Select(p => p.Key).Order());
        context.KnownKeys.Remove("file");
        Assert.Equal(["exec", "health", "http", "limits", "logs", "ready", "restart", "schedule", "service", "stop"], context.KnownKeys.Keys.Order());
        foreach (var (section, keys) in context.KnownKeys)
            Assert.Equal(keys.Order(), Schema["$defs"]![section]!["properties"]!.AsObject().Select(p => p.Key).Order());
    }

    [Fact]
    public void The_reader_s_keys_are_the_ones_that_are_compared_and_written() =>
        Assert.Equal(ServiceKeys.All.Order(), Schema["$defs"]!["service"]!["properties"]!.AsObject().Select(p => p.Key).Order());

    [Fact]
    public void Every_default_in_the_schema_is_the_default_in_force()
    {
        var full = DefinitionWriter.WriteFull(Read.Valid("health: { tcp: 1 }\nschedule: '@daily'"));
        var checkedOnes = 0;
        foreach (var (section, definition) in Schema["$defs"]!.AsObject())
        {
            if (full[section] is not JsonObject actual) continue;
            foreach (var (key, property) in definition!["properties"]!.AsObject())
            {
                if (property!["default"] is not { } expected) continue;
                Assert.Equal(Canonical(expected), Canonical(actual[key]!));
                checkedOnes++;
            }
        }

        Assert.True(checkedOnes >= 20, $"{checkedOnes} defaults were compared.");
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        foreach (var reference in References(Schema))
            Assert.NotNull(reference[2..].Split('/').Aggregate((JsonNode?)Schema, (node, part) => node?[part]));
    }

    [Theory]
    [InlineData("""{ "port": "5000" }""", true)]
    [InlineData("""{ "port": "x" }""", false)]
    [InlineData("""{ "description": 42 }""", true)]
    [InlineData("""{ "is_system": "true" }""", true)]
    [InlineData("""{ "is_system": "yes" }""", false)]
    [InlineData("""{ "limits": { "cpu": "0.5", "nice": "-5" } }""", true)]
    [InlineData("""{ "restart": { "jitter": "0.1", "success_exit_codes": ["3"] } }""", true)]
    [InlineData("""{ "restart": { "jitter": "much" } }""", false)]
    [InlineData("""{ "ready": { "log": "x", "http": null } }""", true)]
    [InlineData("""{ "ready": { "log": "x", "tcp": 5 } }""", false)]
    [InlineData("""{ "ready": { "timeout": "5s" } }""", false)]
    [InlineData("""{ "health": { "exec": "x", "tcp": 5 } }""", false)]
    [InlineData("""{ "health": { "tcp": 5, "interval": "50ms" } }""", false)]
    [InlineData("""{ "health": { "tcp": 5, "interval": 0.05 } }""", false)]
    [InlineData("""{ "health": { "tcp": 5, "interval": "150ms" } }""", true)]
    [InlineData("""{ "depends_on": ["b", "b"] }""", false)]
    [InlineData("""{ "stop": "FOO" }""", false)]
    [InlineData("""{ "stop": 99 }""", false)]
    [InlineData("""{ "stop": { "signal": "sigint" } }""", true)]
    public void The_schema_and_the_reader_agree(string keys, bool fits)
    {
        var text = $$"""{ "services": { "a": { "command": "x", {{keys.Trim()[1..]}} } }""";
        Assert.Equal(fits, DefinitionReader.ReadYaml(text).IsValid);
        Assert.Equal(fits, !SchemaCheck.ErrorsIn(text).Any());
    }

    /// <summary>60s and 1m are the same.</summary>
    private static string Canonical(JsonNode value) => value.ToJsonString().Replace("60s", "1m");

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
