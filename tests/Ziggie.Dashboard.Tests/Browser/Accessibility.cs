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
        // The other mode opens an empty page for each run, to put together what it found in frames of other origins: here are no frames.
        Assert.Equal(0, await page.Locator("iframe, frame").CountAsync());
#pragma warning disable CS0618 // by its name it is of old; it does what is wanted
        var result = await (rule is null ? page.RunAxeLegacy() : page.Locator(":root").RunAxeLegacy(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules(rule) }));
#pragma warning restore CS0618
        Assert.NotEmpty(result.Passes);
        return result.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{path}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(Describe))}");
    }

    private static string Describe(AxeResultNode node) => $"{node.Html} {string.Join(", ", node.Any.Concat(node.All).Concat(node.None).Select(c => c.Message))}";
}
