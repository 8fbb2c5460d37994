using System.Reflection;
using System.Runtime.Versioning;
using Xunit;

namespace Ziggie.Architecture.Tests;

/// <summary>
/// What only Linux has is said to be so. The compiler then finds each caller that does not look where it runs (CA1416, an error here).
/// </summary>
public sealed class PlatformTests
{
    private const string Linux = "linux";

    [Fact]
    public void Who_calls_the_C_library_is_marked_for_Linux_or_is_the_portable_launcher()
    {
        var callers = Product.Layers.SelectMany(a => a.GetTypes()).SelectMany(Imports).ToList();
        Assert.True(callers.Count > 30, $"Only {callers.Count} imports were found.");
        None.Of(callers
            .Where(m => m.DeclaringType!.Namespace != "Ziggie.Processes.Portable" && !IsMarked(m))
            .Select(m => $"{m.DeclaringType!.FullName}.{m.Name}"));
    }

    [Fact]
    public void Who_reads_proc_is_marked_for_Linux_or_looks_where_it_runs()
    {
        var readers = Product.Files(Product.Source).Where(f => File.ReadAllText(f).Contains("\"/proc", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(readers);
        None.Of(readers
            .Where(f => File.ReadAllText(f) is var text && !text.Contains("SupportedOSPlatform", StringComparison.Ordinal) && !text.Contains("IsLinux()", StringComparison.Ordinal))
            .Select(f => Product.Place(f, 1)));
    }

    [Fact]
    public void The_folders_of_Linux_hold_nothing_unmarked_that_does_something()
    {
        // Records of what was read, and sentences, do nothing by themselves.
        string[] plain = ["ProcStat", "Refusal"];
        var types = Product.Types.Where(t => t.DeclaringType is null && t.Namespace is { } space && space.Split('.').Contains("Linux")).ToList();
        Assert.True(types.Count > 20, $"Only {types.Count} types were found.");
        None.Of(types.Where(t => !plain.Contains(t.Name) && !IsLinux(t)).Select(t => t.FullName));
    }

    private static IEnumerable<MethodInfo> Imports(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(m => m.Attributes.HasFlag(MethodAttributes.PinvokeImpl) && m.GetCustomAttribute<System.Runtime.InteropServices.DllImportAttribute>()?.Value == "libc");

    private static bool IsMarked(MethodInfo method) => IsLinux(method) || IsMarked(method.DeclaringType);

    private static bool IsMarked(Type? type) => type is not null && (IsLinux(type) || IsMarked(type.DeclaringType));

    private static bool IsLinux(MemberInfo member) => member.GetCustomAttributes<SupportedOSPlatformAttribute>().Any(a => a.PlatformName == Linux);
}
