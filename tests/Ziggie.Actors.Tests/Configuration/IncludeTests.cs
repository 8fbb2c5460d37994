using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Configuration;

/// <summary>A file and what it includes.</summary>
public sealed class IncludeTests
{
    private const string Main = "/etc/ziggie.yaml";

    [Fact]
    public void Services_of_all_files_are_read_with_the_file_in_which_they_stand()
    {
        var result = ConfigurationReader.Read(Main, new MemoryFiles
        {
            [Main] = "include: [shop/shop.yaml, 'conf.d/*.yaml', /srv/far.yaml]\nservices: { a: { command: a } }",
            ["/etc/shop/shop.yaml"] = "services: { shop: { command: ./shop, cwd: here } }",
            ["/etc/conf.d/2.yaml"] = "services: { c: { command: c } }",
            ["/etc/conf.d/1.yaml"] = "services:\n  b: { command: b }",
            ["/etc/conf.d/1.txt"] = "no yaml",
            ["/srv/far.yaml"] = "include: /etc/shop/shop.yaml\nservices: {}",
        });

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["a file:/etc/ziggie.yaml 2", "shop file:/etc/shop/shop.yaml 1", "b file:/etc/conf.d/1.yaml 2", "c file:/etc/conf.d/2.yaml 1"],
            result.Services.Select(s => $"{s.Definition.Name} {s.Origin} {s.Line}"));
        Assert.Equal("/etc/shop/here", result.Services[1].Definition.Cwd);
        Assert.Equal([Main, "/etc/shop/shop.yaml", "/etc/conf.d/1.yaml", "/etc/conf.d/2.yaml", "/srv/far.yaml"], result.Files.AsEnumerable());
        Assert.Equal("/etc/conf.d/*.yaml", Assert.Single(result.Patterns));
    }

    [Fact]
    public void A_file_with_includes_alone_is_enough_and_a_pattern_may_match_nothing_or_its_own_file()
    {
        var result = ConfigurationReader.Read(Main, new MemoryFiles
        {
            [Main] = "include: ['*.yaml', 'none.d/*.yaml']",
            ["/etc/other.yaml"] = "services: { a: { command: a } }",
        });

        Assert.Empty(result.Errors);
        Assert.Equal("a", Assert.Single(result.Services).Definition.Name);
    }

    [Fact]
    public void A_circle_is_refused_with_every_place_of_it()
    {
        var error = Error(new MemoryFiles
        {
            [Main] = "services: {}\ninclude: a.yaml",
            ["/etc/a.yaml"] = "services: {}\n\ninclude:\n  - b.yaml",
            ["/etc/b.yaml"] = "include: a.yaml",
        });

        Assert.Equal("The files include each other in a circle: /etc/a.yaml line 4 -> /etc/b.yaml line 1 -> /etc/a.yaml. Take one of these lines out.", error.Message);
        Assert.Equal(("/etc/b.yaml", 1, 10, "include"), (error.File, error.Line, error.Column, error.Field));
    }

    [Fact]
    public void A_file_that_includes_itself_is_refused() =>
        Assert.Contains("circle: /etc/ziggie.yaml line 1 -> /etc/ziggie.yaml.", Error(new MemoryFiles { [Main] = "include: ../etc/ziggie.yaml" }).Message);

    [Fact]
    public void A_service_in_two_files_is_refused_with_both_places()
    {
        var error = Error(new MemoryFiles
        {
            [Main] = "include: a.yaml\nservices:\n  Web: { command: x }",
            ["/etc/a.yaml"] = "services:\n  db: { command: x }\n  web: { command: y }",
        });

        Assert.Equal("'web' is defined already in /etc/ziggie.yaml line 3; keep one of them.", error.Message);
        Assert.Equal(("/etc/a.yaml", 3, 3, "web"), (error.File, error.Line, error.Column, error.Service));
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_where_it_is_named()
    {
        var error = Error(new MemoryFiles { [Main] = "services: {}\ninclude:\n  - gone.yaml" });

        Assert.Equal("There is no file /etc/gone.yaml. Correct the path, or take the include out; a pattern with * may well match none.", error.Message);
        Assert.Equal((Main, 3, 5), (error.File, error.Line, error.Column));
        Assert.Equal((Main, (int?)null), (Error([]).File, Error([]).Line));
    }

    [Fact]
    public void Errors_of_all_files_come_together_each_with_its_place()
    {
        var result = ConfigurationReader.Read(Main, new MemoryFiles
        {
            [Main] = "include: a.yaml\nservces: {}\nservices:\n  x:\n    comand: y",
            ["/etc/a.yaml"] = "services:\n  y: { command: z, port: 0 }\n  z: [",
        });

        Assert.Empty(result.Services);
        Assert.Collection(
            result.Errors.Select(e => $"{e.File}:{e.Line}:{e.Column} {e.Message}"),
            e => Assert.StartsWith("/etc/ziggie.yaml:2:1 'servces' is no key of the file. Did you mean 'services'?", e),
            e => Assert.StartsWith("/etc/ziggie.yaml:5:5 Is missing", e),
            e => Assert.StartsWith("/etc/ziggie.yaml:5:5 'comand' is no key of a service. Did you mean 'command'?", e),
            e => Assert.StartsWith("/etc/a.yaml:4:1 The YAML cannot be read", e));
    }

    [Fact]
    public void Includes_without_end_are_refused()
    {
        var files = new MemoryFiles { [Main] = "include: 0.yaml" };
        for (var i = 0; i < 100; i++) files[$"/etc/{i}.yaml"] = $"include: {i + 1}.yaml";

        Assert.Equal("Files are included deeper than 50 levels.", Error(files).Message);
    }

    [Fact]
    public void A_bomb_of_aliases_stays_small_and_is_refused()
    {
        var yaml = "x-0: &x0 [lol, lol]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"x-{i}: &x{i} [*x{i - 1}, *x{i - 1}]\n"));

        var error = Error(new MemoryFiles { [Main] = yaml + "services: { a: { command: *x40 } }" });

        Assert.Contains("The aliases (*) bring in more than a million nodes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_from_elsewhere_includes_nothing()
    {
        var error = Assert.Single(DefinitionReader.ReadYaml("services: {}\ninclude: /etc/passwd").Errors);

        Assert.Equal(("include", 2, "'include' works in files only; put all services into this text."), (error.Field, error.Line, error.Message));
    }

    private static DefinitionError Error(MemoryFiles files)
    {
        var result = ConfigurationReader.Read(Main, files);
        Assert.Empty(result.Services);
        return result.Errors[0];
    }
}
