using System.Text.RegularExpressions;
using Xunit;

namespace Ziggie.Architecture.Tests;

/// <summary>The one thing that a full <c>dotnet format</c> sees and neither the build nor <c>dotnet format whitespace</c> does.</summary>
public sealed partial class UsingTests
{
    [Fact]
    public void Usings_are_in_order_with_those_of_the_system_first()
    {
        var files = new[] { "src", "tests", "bench" }.Select(folder => Path.Combine(Product.Root, folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !Generated().IsMatch(file)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(IsInOrder(File.ReadLines(file)), file));
    }

    [Theory]
    [InlineData("using System;|using System.Text;|using Akka;|using Akka.Actor;|using static System.Math;|using A = Akka.Actor;", true)]
    [InlineData("using Akka;|using System;", false)]
    [InlineData("using Akka.Event;|using Akka.Actor;", false)]
    [InlineData("using static System.Math;|using Akka;", false)]
    public void What_is_out_of_order_is_found(string lines, bool isInOrder) => Assert.Equal(isInOrder, IsInOrder(lines.Split('|')));

    private static bool IsInOrder(IEnumerable<string> lines)
    {
        var found = lines.Select(line => Using().Match(line)).Where(match => match.Success).Select(KeyOf).ToList();
        return found.SequenceEqual(found.OrderBy(key => key.Kind).ThenBy(key => key.Name, StringComparer.OrdinalIgnoreCase));
    }

    private static (int Kind, string Name) KeyOf(Match match)
    {
        var name = match.Groups["name"].Value;
        var kind = match.Groups["alias"].Success ? 3 : match.Groups["static"].Success ? 2 : name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1;
        // A space sorts before everything else, so a namespace comes before those in it.
        return (kind, (match.Groups["alias"].Success ? match.Groups["alias"].Value : name).Replace('.', ' '));
    }

    [GeneratedRegex(@"^using (?<static>static )?((?<alias>\w+) = )?(?<name>[\w.]+)[\w.<>, ()?]*;")]
    private static partial Regex Using();

    [GeneratedRegex("/(obj|bin)/")]
    private static partial Regex Generated();
}
