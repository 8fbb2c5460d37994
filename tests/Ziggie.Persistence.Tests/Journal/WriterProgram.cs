using Ziggie.Actors.Domain;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Journal;

/// <summary>This assembly as a program: stores events until it is killed, and says after each one how many are stored.</summary>
internal static class WriterProgram
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not ["write", var home]) return 2;
        await using var host = await JournalHost.StartAsync(new PersistenceOptions { Home = home });
        for (var stored = 1; ; stored++)
        {
            await host.AskAsync("writer", new WriterActor.Store([new ServiceEvents.WantedUp("start", $"writer {stored}", Views.Noon)]));
            await Console.Out.WriteLineAsync($"{stored}");
            await Console.Out.FlushAsync();
        }
    }
}
