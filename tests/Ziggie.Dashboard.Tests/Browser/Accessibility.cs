using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Ziggie.Dashboard.Tests.Browser;

/// <summary>What axe finds on a page.</summary>
internal static class Accessibility
{
    /// <summary>Each serious or critical violation, with where it is.</summary>
    /// <param name="page">As it is.</param>
    /// <param name="path">For the message.</param>
    /// <param name="rule">Only this one; null for all.</param>
    public static async Task<IEnumerable<string>> ViolationsAsync(IPage page, string path, string? rule = null)
    {
        var result = await (rule is null ? page.RunAxe() : page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules(rule) }));
        Assert.NotEmpty(result.Passes);
        return result.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{path}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(Describe))}");
    }

    private static string Describe(AxeResultNode node) => $"{node.Html} {string.Join(", ", node.Any.Concat(node.All).Concat(node.None).Select(c => c.Message))}";
}
