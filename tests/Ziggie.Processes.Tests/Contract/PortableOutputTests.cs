using Xunit;
using Ziggie.Processes.Output;
using Ziggie.Processes.Output.Portable;
using Ziggie.Processes.Tests.Output;

namespace Ziggie.Processes.Tests.Contract;

public sealed class PortableOutputTests() : OutputContract(LauncherKind.Portable)
{
    [Fact]
    public async Task Needs_nothing_in_the_folder_of_fifos()
    {
        var store = Home.Start();
        Assert.IsType<InletWay>(store.Way);
        var channel = store.Open(OutputHome.Service, new LogLimits());
        await Home.RunAsync("echo one; echo two >&2", channel);
        Assert.Empty(Directory.GetFileSystemEntries(Home.RunFolder));
        Assert.Equal(["one", "two"], OutputHome.All(store).Order());
    }

    [Fact]
    public void What_comes_after_the_end_of_a_channel_harms_nobody()
    {
        var store = Home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        channel.Inlet!.Write("in time\n"u8.ToArray());
        channel.Dispose();
        channel.Inlet!.Write("late\n"u8.ToArray());
        store.Open(OutputHome.Service, new LogLimits()).Inlet!.Write("next\n"u8.ToArray());
        Assert.Equal(["in time", "next"], OutputHome.All(store));
    }

    [Fact]
    public async Task Writers_at_the_same_time_do_not_mix_their_blocks()
    {
        const int writers = 8, lines = 500;
        var store = Home.Start();
        var inlet = store.Open(OutputHome.Service, new LogLimits { MaxSize = 20_000, MaxFiles = 1000 }).Inlet!;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() =>
        {
            for (var line = 0; line < lines; line++) inlet.Write(System.Text.Encoding.ASCII.GetBytes($"{writer} {line}\n"));
        }))).WaitAsync(OutputHome.Limit);
        var all = OutputHome.All(store).ToLookup(line => line[0], line => int.Parse(line[2..]));
        Assert.Equal(writers, all.Count);
        Assert.All(all, numbers => Assert.Equal(Enumerable.Range(0, lines), numbers));
    }
}
