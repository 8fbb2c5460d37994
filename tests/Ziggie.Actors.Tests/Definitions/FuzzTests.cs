using System.Text.Json;
using CsCheck;
using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

/// <summary>Whatever is read ends in definitions or in errors, never in an exception, and what is valid survives being written.</summary>
public class FuzzTests
{
    private static readonly string[] Pieces =
    [
        .. ServiceKeys.All, "services", "http", "tcp", "exec", "grace", "log", "notify", "url", "status", "headers", "timeout", "signal", "cron", "time_zone",
        "max_memory", "core", "max_size", "policy", "delay", "success_exit_codes", "web", "<<", "x-a", "port", "5s", "1", "-1", "1e999", "9999999999999999999999",
        "true", "null", "~", "", "${A", "${A:-${B}}", "\0", "/x", "../..", "0 3 * * *", "TERM", "ready", "a b", "'", "\"", "\ud800", "\ud83d\ude00", "((", "http://x:${A}/", "http://[",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Scalar
        : Gen.OneOf(
            Scalar,
            inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(Piece, inner).Array[0, 6].Select(entries => $"{{{string.Join(',', entries.Select(e => Quote(e.Item1) + ":" + e.Item2))}}}")));

    private static Gen<string> Scalar => Gen.OneOf(Piece.Select(Quote), Gen.OneOf("1", "-0", "0.5", "1e999", "80", "true", "false", "null", "\"\\ud800\"", "\"a\""));

    [Fact]
    public void Any_JSON_gives_definitions_or_errors() => Json.Sample(json => Check(Read.Json(json)), iter: 2_000);

    [Fact]
    public void Any_value_under_any_key_gives_a_definition_or_errors() => Gen.Select(Piece, Json, Piece, Json).Sample((a, x, b, y) =>
        Check(Read.Json($$"""{ "name": "web", "command": "run", {{Quote(a)}}: {{x}}, {{Quote(b)}}: {{y}} }""")), iter: 2_000);

    [Fact]
    public void Any_JSON_is_YAML_too() => Json.Sample(
        json => Check(DefinitionReader.ReadYaml($"services: {{ web: {json} }}", "/etc/z.yaml")), iter: 2_000);

    [Fact]
    public void Any_text_gives_definitions_or_errors() => Gen.OneOf(
            Gen.String[Gen.Char["ab:-?[]{},&*!|>%@`'\"#\\~<= \n\t\0\r\ufeff\u0085019"], 0, 60],
            Gen.OneOf(Piece, Gen.OneOf("\n", "\n  ", "\n    ", ": ", "- ", "{", "}", "[", "]", ", ", "&a ", "*a", "|", ">", "? ", "!!x ", "---", "# ")).Array[0, 25].Select(string.Concat))
        .Sample(text =>
        {
            Check(DefinitionReader.ReadYaml(text));
            Check(DefinitionReader.ReadYaml("services:\n  web:\n    command: x\n    " + text));
        }, iter: 3_000);

    [Fact]
    public void A_text_with_one_character_changed_gives_definitions_or_errors() =>
        Gen.Select(Gen.Int[0, DesignExampleTests.Yaml.Length - 1], Gen.Char).Sample((at, c) =>
            Check(DefinitionReader.ReadYaml(DesignExampleTests.Yaml[..at] + c + DesignExampleTests.Yaml[(at + 1)..])), iter: 1_000);

    private static void Check(DefinitionResult result)
    {
        Assert.Equal(result.IsValid, result.Errors.IsEmpty);
        Assert.All(result.Errors, e => Assert.NotEmpty(e.Message));
        Assert.All(result.Errors, e => Assert.DoesNotContain('\0', e.Message));
        if (!result.IsValid) Assert.Empty(result.Definitions);
        foreach (var definition in result.Definitions)
            Assert.True(DefinitionComparer.Same(definition, Read.Single(Read.Json(DefinitionWriter.WriteCompact(definition).ToJsonString()))));
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
