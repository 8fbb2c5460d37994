using System.Diagnostics;

namespace Ziggie.Persistence.Tests.Support;

internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the condition holds; fails with the last thing seen when it does not within <see cref="Limit"/>.</summary>
    public static async Task<T> HoldsAsync<T>(Func<Task<T>> look, Func<T, bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (condition(seen)) return seen;
            Assert.True(clock.Elapsed < Limit, $"Within {Limit} it did not come true; last seen: {seen}");
            await Task.Delay(20);
        }
    }
}
