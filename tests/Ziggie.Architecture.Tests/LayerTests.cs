using System.Reflection;
using System.Xml.Linq;
using NetArchTest.Rules;
using Xunit;

namespace Ziggie.Architecture.Tests;

public sealed class LayerTests
{
    [Fact]
    public void A_layer_uses_only_those_below_it()
    {
        for (var level = 0; level < Product.Layers.Length; level++)
        {
            var below = Product.Layers.Take(level).Select(a => a.GetName().Name).ToHashSet();
            var used = Product.Layers[level].GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Ziggie.", StringComparison.Ordinal));
            None.Of(used.Where(n => !below.Contains(n)).Select(n => $"{Product.Layers[level].GetName().Name} uses {n}"));
        }
    }

    /// <summary>Also where the compiler leaves out a reference because nothing uses it yet.</summary>
    [Fact]
    public void A_project_refers_only_to_those_below_it()
    {
        var order = Product.Layers.Select(a => a.GetName().Name!).ToList();
        var wrong =
            from file in Product.Files(Product.Source, "*.csproj")
            let name = Path.GetFileNameWithoutExtension(file)
            from reference in XDocument.Load(file).Descendants("ProjectReference")
            let other = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
            where order.IndexOf(other) >= order.IndexOf(name)
            select $"{name} refers to {other}";
        None.Of(wrong);
    }

    [Fact]
    public void Processes_know_nothing_of_actors_and_of_the_web()
    {
        None.Of(Using(Product.Processes, "Akka", "Microsoft.AspNetCore", "Microsoft.Extensions"));
        None.Of(Offenders(Types.InAssembly(Product.Processes).ShouldNot().HaveDependencyOnAny("Akka")));
    }

    [Fact]
    public void The_domain_knows_nothing_of_actors_and_of_what_surrounds_it()
    {
        var domain = Types.InAssembly(Product.Actors).That().ResideInNamespace("Ziggie.Actors.Domain");
        Assert.NotEmpty(domain.GetTypes());
        None.Of(Offenders(domain.ShouldNot().HaveDependencyOnAny(
            "Akka", "Microsoft.AspNetCore", "Microsoft.Extensions", "Ziggie.Actors.Services", "Ziggie.Actors.Supervision", "Ziggie.Actors.Live",
            "Ziggie.Processes.Linux", "Ziggie.Processes.Output")));
    }

    [Fact]
    public void Actors_are_internal()
    {
        var actors = Product.Types.Where(t => t.IsSubclassOf(typeof(Akka.Actor.ActorBase))).ToList();
        Assert.True(actors.Count >= 5, $"Only {actors.Count} actors were found.");
        None.Of(actors.Where(a => a.IsVisible).Select(a => a.FullName));
    }

    /// <summary>Endpoints speak to <c>IServiceControl</c> and <c>IServiceFeed</c>; only the composition knows that there are actors.</summary>
    [Fact]
    public void The_web_knows_no_actor()
    {
        var web = Types.InAssembly(Product.Api).That().ResideInNamespace("Ziggie.Api").And().DoNotHaveName("Composition");
        Assert.Contains(web.GetTypes(), t => t.Name == "ServiceCommands");
        None.Of(Offenders(web.ShouldNot().HaveDependencyOnAny("Akka", "Ziggie.Actors.Services", "Ziggie.Actors.Supervision")));
    }

    /// <summary>Pages speak to <c>IServiceControl</c> and <c>IServiceFeed</c> as endpoints do.</summary>
    [Fact]
    public void The_dashboard_knows_no_actor()
    {
        var pages = Types.InAssembly(Product.Dashboard);
        Assert.Contains(pages.GetTypes(), t => t.Name == "ServiceCommander");
        None.Of(Offenders(pages.ShouldNot().HaveDependencyOnAny("Akka", "Ziggie.Actors.Services", "Ziggie.Actors.Supervision")));
        None.Of(Using(Product.Dashboard, "Akka"));
    }

    [Fact]
    public void Nothing_refers_to_Newtonsoft_directly()
    {
        None.Of(Product.Layers.SelectMany(a => Using(a, "Newtonsoft")));
        Assert.DoesNotContain(Product.Files(Product.Root, "*.csproj"), f => File.ReadAllText(f).Contains("Newtonsoft", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Using(Assembly assembly, params string[] prefixes) => assembly.GetReferencedAssemblies()
        .Where(r => prefixes.Any(p => r.Name!.StartsWith(p, StringComparison.Ordinal)))
        .Select(r => $"{assembly.GetName().Name} uses {r.Name}");

    private static IEnumerable<string> Offenders(ConditionList rule) => rule.GetResult().FailingTypeNames ?? [];
}
