using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Tests.Configuration;

namespace Ziggie.Actors.Tests.Definitions;

public partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "configuration.md"));

    private static readonly IReadOnlyList<string> YamlExamples = [.. Example().Matches(Page).Where(m => m.Groups["kind"].Value == "yaml").Select(m => m.Groups["text"].Value)];

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(Root(), "samples"), "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root(), f))];

    [Fact]
    public void Every_example_is_valid()
    {
        var examples = Example().Matches(Page);

        Assert.True(examples.Count >= 10, $"{examples.Count} examples were found.");
        foreach (Match example in examples)
        {
            var text = example.Groups["text"].Value;
            var result = example.Groups["kind"].Value == "json" ? Read.Json(text) : ReadFile(text);
            Assert.True(result.IsValid, text + string.Join("\n", result.Errors));
            Assert.True(result.Errors.IsEmpty && !result.Definitions.IsEmpty);
            Assert.Empty(new DependencyGraph(result.Definitions).FindProblems().Where(e => e.Message.Contains("circle")));
        }
    }

    [Fact]
    public void Every_example_fits_the_schema() => Assert.All(YamlExamples, text => Assert.Empty(SchemaCheck.Errors(text)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_is_valid_fits_the_schema_and_makes_sense_together(string file)
    {
        var text = File.ReadAllText(Path.Combine(Root(), file));

        var result = ReadFile(text);

        Assert.Empty(result.Errors);
        Assert.NotEmpty(result.Definitions);
        Assert.Empty(new DependencyGraph(result.Definitions).FindProblems());
        Assert.Empty(SchemaCheck.Errors(text));
    }

    [Theory]
    [InlineData("services: { a: { command: x, prot: 80 } }")]
    [InlineData("services: { a: { command: x, port: 70000 } }")]
    [InlineData("services: { a: { port: 80 } }")]
    [InlineData("services: { a: { command: x, restart: sometimes } }")]
    [InlineData("services: { a: { command: x, logs: { stderr: both } } }")]
    [InlineData("service: { a: { command: x } }")]
    [InlineData("x-only: {}")]
    public void What_the_reader_refuses_does_not_fit_the_schema(string text)
    {
        Assert.NotEmpty(ReadFile(text).Errors);
        Assert.NotEmpty(SchemaCheck.Errors(text));
    }

    [Fact]
    public void Every_key_has_its_row()
    {
        var full = DefinitionWriter.WriteFull(Read.Valid("health: { tcp: 1 }\nschedule: '@daily'"));
        var keys = full.Select(p => p.Key).Concat(full.SelectMany(p => p.Value is JsonObject o ? o.Select(i => i.Key) : []));

        Assert.All(keys.Append("services").Append("include"), key => Assert.Matches($"(?m)^\\| .*`{key}`.* \\|", Page));
    }

    [Fact]
    public void Every_key_has_its_example()
    {
        var all = string.Concat(YamlExamples);

        Assert.All(KeyPaths().Select(p => p.Split('.')[^1]).Except(["name"]), key => Assert.Matches($@"(?m)(^|[\s{{,]){key}:", all));
    }

    /// <summary>The second column of the tables that say what the keys of others are called here.</summary>
    [Fact]
    public void Every_key_that_another_one_is_mapped_to_exists()
    {
        var known = KeyPaths().Append("include").ToHashSet();
        var rows = MappingRow().Matches(Page[Page.IndexOf("## Coming from another supervisor", StringComparison.Ordinal)..]);
        var named = rows.SelectMany(r => Code().Matches(r.Groups["ours"].Value).Select(m => m.Groups["text"].Value)).ToList();

        Assert.True(named.Count >= 80, $"{named.Count} keys were found.");
        Assert.All(named, key => Assert.Contains(key.Split(':')[0], known));
        foreach (var written in named.Where(n => n.Contains(':')))
            Assert.True(Read.Keys(written.Contains('.') ? $"{written.Split('.')[0]}: {{ {written.Split('.')[1]} }}" : written).IsValid, written);
    }

    /// <summary>"restart" and "restart.budget", as the schema has them.</summary>
    private static IEnumerable<string> KeyPaths()
    {
        var definitions = JsonNode.Parse(DefinitionSchema.Text)!["$defs"]!.AsObject();
        foreach (var key in ServiceKeys.All)
        {
            yield return key;
            if (definitions[key]?["properties"] is not JsonObject inner) continue;
            foreach (var (sub, _) in inner) yield return $"{key}.{sub}";
        }
    }

    /// <summary>As the daemon reads it, beside the files that the page speaks of.</summary>
    private static DefinitionResult ReadFile(string text)
    {
        var result = ConfigurationReader.Read("/etc/ziggie.yaml", new MemoryFiles { ["/etc/ziggie.yaml"] = text, ["/etc/shop/ziggie.yaml"] = "services: {}" });
        return new DefinitionResult([.. result.Services.Select(s => s.Definition)], result.Errors);
    }

    [GeneratedRegex(@"^```(?<kind>yaml|json)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| [^|]* \| (?<ours>[^|]*) \| [^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex MappingRow();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Code();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ZiggieActors.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
