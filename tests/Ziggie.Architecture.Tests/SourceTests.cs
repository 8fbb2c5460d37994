using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace Ziggie.Architecture.Tests;

public sealed partial class SourceTests
{
    private const int LongestFile = 450;
    private const int LongestPage = 250;

    private static readonly string[] MaySleep =
    [
        "src/Ziggie.Api/Hosting/HomeLock.cs:", // before anything else of the daemon runs
        "src/Ziggie.Processes/Portable/PortableProcessLauncher.Tree.cs:", // milliseconds, on a dispatcher for calls that block
        "src/Ziggie.Processes/Linux/RunKeeper.cs:", // on a thread of its own
        "src/Ziggie.Processes/Linux/BirthGate.cs:", // for as long as a child of PID 1 takes to be born
    ];

    [Fact]
    public void No_source_file_is_long()
    {
        var files = Product.Files(Product.Source).Concat(Product.Files(Path.Combine(Product.Root, "tests"))).ToList();
        Assert.True(files.Count > 100, $"Only {files.Count} files were found.");
        None.Of(files.Select(f => (File: f, Lines: File.ReadLines(f).Count())).Where(f => f.Lines > LongestFile).Select(f => Product.Place(f.File, f.Lines)));
    }

    [Fact]
    public void No_page_is_long()
    {
        var pages = Product.Files(Path.Combine(Product.Source, "Ziggie.Dashboard"), "*.razor").ToList();
        Assert.True(pages.Count > 20, $"Only {pages.Count} pages were found.");
        None.Of(pages.Select(f => (File: f, Lines: File.ReadLines(f).Count())).Where(f => f.Lines > LongestPage).Select(f => Product.Place(f.File, f.Lines)));
    }

    /// <summary>Time, chance and identifiers arrive inside the input; files and the environment are read outside.</summary>
    [Fact]
    public void The_domain_has_no_clock_no_dice_and_no_files() =>
        None.Of(Finds(Path.Combine(Product.Source, "Ziggie.Actors", "Domain"), Impure()));

    [Fact]
    public void Nothing_sleeps_a_thread_away_that_others_use() =>
        None.Of(Finds(Product.Source, Sleep()).Where(place => !MaySleep.Any(place.StartsWith)));

    /// <summary>Words of an enumeration mostly speak for themselves, and members of a family stand under its sentence.</summary>
    [Fact]
    public void Public_types_say_what_they_are()
    {
        var wrong =
            from assembly in Product.Layers
            let said = Summaries(Path.ChangeExtension(assembly.Location, ".xml"))
            from type in assembly.GetExportedTypes()
                // A component written in markup has nowhere to say it.
            where !type.IsNested && !type.IsEnum && !typeof(IComponent).IsAssignableFrom(type) && type.Name != "_Imports" && !said.Contains($"T:{type.FullName}")
            select type.FullName;
        None.Of(wrong);
    }

    private static HashSet<string> Summaries(string file) =>
    [
        .. XDocument.Load(file).Descendants("member")
            .Where(m => !string.IsNullOrWhiteSpace(m.Element("summary")?.Value) || m.Element("param") is not null || m.Element("inheritdoc") is not null)
            .Select(m => m.Attribute("name")!.Value),
    ];

    private static IEnumerable<string> Finds(string folder, Regex pattern)
    {
        foreach (var file in Product.Files(folder))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (!line.TrimStart().StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(line)) yield return $"{Product.Place(file, number)}: {line.Trim()}";
            }
        }
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)|\bTimeProvider\b|\bStopwatch\b|\bTickCount|\bNewGuid\b|\bRandom\.Shared|\bnew Random\b|\bMachineClock\b|\b(File|Directory)\.[A-Z]|\bEnvironment\.[A-Z]")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bSpinWait\b")]
    private static partial Regex Sleep();
}
