using Xunit;
using Ziggie.Processes.Resources;

namespace Ziggie.Processes.Tests.Resources;

public sealed class ProcTextTests
{
    [Fact]
    public void Kilobytes_of_memory_are_found_by_their_whole_name()
    {
        var text = "MemTotal:       24683620 kB\nMemFree:        23390764 kB\nSwapTotal:             0 kB\nHugePages_Total:       0\n"u8;
        Assert.Equal(24683620L * 1024, ProcText.Meminfo(text, "MemTotal"u8));
        Assert.Equal(0, ProcText.Meminfo(text, "SwapTotal"u8));
        Assert.Null(ProcText.Meminfo(text, "Mem"u8));
        Assert.Null(ProcText.Meminfo(text, "MemAvailable"u8));
        Assert.Null(ProcText.Meminfo([], "MemTotal"u8));
    }

    [Fact]
    public void Processor_time_is_read_for_the_machine_and_each_core_without_waiting_and_without_counting_guests_twice()
    {
        var text = "cpu  100 10 50 800 20 0 15 5 7 3\ncpu0 60 5 25 400 10 0 0 0 0 0\ncpu12 40 5 25 400 10\nintr 1497451 0 0\nctxt 5\n"u8;
        List<(long, long)> cpus = [(1, 1)];
        ProcText.Cpus(text, cpus);
        Assert.Equal([(1000, 180), (500, 90), (480, 70)], cpus);
        ProcText.Cpus("intr 5\n"u8, cpus);
        Assert.Empty(cpus);
    }

    [Fact]
    public void The_load_has_three_means()
    {
        Assert.Equal([3.6, 4.48, 12], ProcText.Load("3.60 4.48 12.00 2/1135 7670\n"u8));
        Assert.Empty(ProcText.Load("nothing"u8));
    }
}
