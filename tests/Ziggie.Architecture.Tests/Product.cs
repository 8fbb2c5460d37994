using System.Reflection;
using System.Runtime.CompilerServices;
using Ziggie.Actors;
using Ziggie.Api.Hosting;
using Ziggie.Dashboard;
using Ziggie.Persistence;
using Ziggie.Processes;

namespace Ziggie.Architecture.Tests;

/// <summary>The product under test: its assemblies from the bottom up, and its sources.</summary>
internal static class Product
{
    public static readonly Assembly Processes = typeof(IProcessLauncher).Assembly;
    public static readonly Assembly Actors = typeof(IServiceControl).Assembly;
    public static readonly Assembly Persistence = typeof(PersistenceOptions).Assembly;
    public static readonly Assembly Dashboard = typeof(DashboardExtensions).Assembly;
    public static readonly Assembly Api = typeof(ZiggieHome).Assembly;

    /// <summary>Each may use those before it.</summary>
    public static readonly Assembly[] Layers = [Processes, Actors, Persistence, Dashboard, Api];

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Source { get; } = Path.Combine(Root, "src");

    /// <summary>The types that people wrote, nested ones included.</summary>
    public static IEnumerable<Type> Types =>
        Layers.SelectMany(a => a.GetTypes()).Where(t => t.Namespace?.StartsWith("Ziggie", StringComparison.Ordinal) == true && !IsGenerated(t));

    /// <summary>C# files below a folder, without what builds leave there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern = "*.cs") =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(folder, f).Split('/', '\\').Any(part => part is "bin" or "obj"));

    /// <summary>"src/Ziggie.Api/Program.cs:12".</summary>
    public static string Place(string file, int line) => $"{Path.GetRelativePath(Root, file)}:{line}";

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), false) || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "ZiggieActors.sln")) ? from
        : Directory.GetParent(from) is { } parent ? FindRoot(parent.FullName)
        : throw new DirectoryNotFoundException("The tests do not run inside the repository.");
}
