using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

public class RoundTripTests
{
    [Fact]
    public void Every_definition_is_read_back_from_its_compact_JSON() => RandomDefinition.Any.Sample(definition =>
    {
        var json = DefinitionWriter.WriteCompact(definition).ToJsonString();
        AssertSame(definition, Read.Single(Read.Json(json)));
    });

    [Fact]
    public void Every_definition_is_read_back_from_its_YAML() => RandomDefinition.Any.Sample(definition =>
        AssertSame(definition, Read.Single(DefinitionReader.ReadYaml(DefinitionWriter.WriteYaml(definition)))));

    [Fact]
    public void The_full_JSON_holds_every_key_and_can_be_sent_back() => RandomDefinition.Any.Sample(definition =>
    {
        var full = DefinitionWriter.WriteFull(definition);
        Assert.Equal(ServiceKeys.All, full.Select(p => p.Key));

        var sent = Read.Single(Read.Json(full.ToJsonString()));
        var old = definition with { Ready = definition.EffectiveReady, Health = definition.EffectiveHealth ?? definition.Health };
        AssertSame(old, Read.Single(DefinitionMask.Restore(sent, old)));
    });

    [Theory]
    [InlineData("no")]
    [InlineData("Yes")]
    [InlineData("off")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("a: b")]
    public void A_text_that_some_YAML_reader_takes_for_something_else_is_quoted(string text) =>
        Assert.Contains($"description: \"{text}\"\n", DefinitionWriter.WriteYaml(Read.Valid("port: 80") with { Description = text }));

    /// <summary>Compares field by field where the compact JSON could hide a loss, and the JSON for all else.</summary>
    private static void AssertSame(ServiceDefinition expected, ServiceDefinition actual)
    {
        Assert.Equal(Reference(expected), Reference(actual));
        Assert.True(DefinitionComparer.Same(expected, actual));
        Assert.Empty(DefinitionComparer.Changed(expected, actual));
        Assert.False(DefinitionComparer.NeedsRestart(expected, actual));
    }

    /// <summary>By reflection: knows nothing of the vocabulary, so it cannot share the writer's mistakes.</summary>
    private static string Reference(ServiceDefinition definition)
    {
        var node = JsonSerializer.SerializeToNode(definition)!.AsObject();
        node["Ready"] = Probed(definition.Ready?.Probe, definition.Ready);
        node["Health"] = Probed(definition.Health?.Probe, definition.Health);
        node.Remove("EffectiveReady");
        node.Remove("EffectiveHealth");
        return node.ToJsonString();
    }

    private static JsonNode? Probed(Probe? probe, object? policy) => policy is null ? null : new JsonArray(
        probe!.GetType().Name, JsonSerializer.SerializeToNode(probe, probe.GetType()), JsonSerializer.SerializeToNode(policy, policy.GetType()));
}
