using Xunit;

namespace Ziggie.Api.Tests.Support;

/// <summary>Waits for what must come about, with a limit that only a defect reaches.</summary>
public static class Wait
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">Completes "Waited in vain until …".</param>
    /// <param name="seen">What there is instead, for the message.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, Func<string>? seen = null)
    {
        var end = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        // Ever longer: on a machine that is busy, who asks all the time is what takes so long.
        var pause = 10;
        while (!await condition())
        {
            if (Environment.TickCount64 > end) Assert.Fail($"Waited in vain until {what}. {seen?.Invoke()}");
            await Task.Delay(pause);
            pause = Math.Min(pause + pause / 2, 50);
        }
    }
}
