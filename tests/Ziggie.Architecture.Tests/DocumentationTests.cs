using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;
using Ziggie.Actors;

namespace Ziggie.Architecture.Tests;

public sealed partial class DocumentationTests
{
    private static readonly string Docs = Path.Combine(Product.Root, "docs");

    [Fact]
    public void The_example_in_the_page_on_testing_is_a_test_that_runs()
    {
        var example = File.ReadAllText(Path.Combine(Product.Root, "tests", "Ziggie.Actors.Tests", "Stories", "ExampleStories.cs"));
        Assert.Contains($"```csharp\n{example}```", File.ReadAllText(Path.Combine(Docs, "testing.md")));
    }

    [Fact]
    public void Every_refusal_is_in_the_page_on_the_api()
    {
        var page = File.ReadAllText(Path.Combine(Docs, "api.md"));
        None.Of(Enum.GetNames<RefusalCode>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).Where(code => !page.Contains($"`{code}`")));
    }

    [Fact]
    public void Links_between_the_pages_lead_somewhere()
    {
        string[] pages = [Path.Combine(Product.Root, "README.md"), .. Directory.GetFiles(Docs, "*.md")];
        var links =
            from page in pages
            from Match link in Link().Matches(File.ReadAllText(page))
            select (Page: page, Target: link.Groups["target"].Value.Split('#')[0]);
        Assert.True(links.Count() >= 5, "No links were found.");
        None.Of(links.Where(l => !Path.Exists(Path.Combine(Path.GetDirectoryName(l.Page)!, l.Target))).Select(l => $"{l.Page}: {l.Target}"));
    }

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)]+)\)")]
    private static partial Regex Link();
}
