using System.Net;
using System.Net.Sockets;
using Xunit;
using Ziggie.Processes.Ports;
using Ziggie.Processes.Resources;
using Ziggie.Processes.Tests.Linux;

namespace Ziggie.Processes.Tests.Resources;

public sealed class A_measured_tree : Launching
{
    private readonly IResourceReader _reader = ResourceReader.Create();

    private (ProcessSpec Spec, RunRoot Root) Measured(string script)
    {
        var spec = Spec("/bin/sh", "-c", script);
        return (spec, new RunRoot("api", spec.RunId, Start(spec).Identity));
    }

    /// <summary>Samples until the usage of the service is as wanted.</summary>
    private async Task<RunUsage> UsageAsync(RunRoot root, Func<RunUsage, bool> isWanted)
    {
        RunUsage usage = default;
        await Until(() => _reader.Sample([root]).Services.TryGetValue("api", out usage) && isWanted(usage), () => $"the wanted usage instead of {usage}");
        return usage;
    }

    [Fact]
    public async Task Counts_a_busy_child_that_left_the_session()
    {
        var (_, root) = Measured("setsid sh -c 'while :; do :; done' & wait");
        await UsageAsync(root, usage => usage is { CpuPercent: > 1, Processes: 2, Threads: 2, MemoryBytes: > 100_000 });
        var child = _reader.Processes([root]).Single(process => process.Service == "api" && process.Pid != root.Main.Pid);
        Assert.Equal(root.Main.Pid, child.Parent);
        Assert.Equal("sh -c while :; do :; done", string.Join(' ', ProcessDetails.Of(child.Pid).CommandLine));
        Assert.NotNull(ProcessDetails.OpenFilesOf(child.Pid));
    }

    [Fact]
    public async Task Counts_children_that_come_and_go_between_two_looks()
    {
        var (_, root) = Measured("while :; do sh -c 'i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done'; done");
        await UsageAsync(root, usage => usage.CpuPercent > 1);
    }

    [Fact]
    public async Task Counts_an_orphan_in_a_session_of_its_own()
    {
        var (spec, root) = Measured("setsid sh -c 'sleep 300 & echo orphan $!'; exec sleep 300");
        var orphan = int.Parse((await Printed(spec, "orphan"))[0]);
        await UsageAsync(root, usage => usage.Processes == 2);
        Assert.Equal("api", _reader.Processes([root]).Single(process => process.Pid == orphan).Service);
    }

    [Fact]
    public void Of_another_process_with_that_number_nothing_is_told()
    {
        var (_, root) = Measured("exec sleep 300");
        Assert.Empty(_reader.Sample([root with { RunId = "another", Main = root.Main with { StartTime = root.Main.StartTime - 1 } }]).Services);
    }

    [Fact]
    public async Task The_machine_is_measured_too()
    {
        _reader.Sample([]);
        await Until(() => _reader.Sample([]).Host.CpuPercent > 0, () => "a processor that does something");
        var host = _reader.Sample([]).Host;
        Assert.InRange(host.MemoryUsedBytes!.Value, 1, host.MemoryTotalBytes!.Value);
        Assert.Equal(3, host.Load.Length);
        Assert.NotEmpty(host.CorePercents);
        Assert.True(host.Processes > 1);
    }

    [Fact]
    public void A_listening_port_is_listed_with_its_process()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Equal(new ListeningPort(port, "127.0.0.1", Environment.ProcessId), ListeningPorts.All().Single(p => p.Port == port));
    }

    [Theory]
    [InlineData("0100007F:1F90", "127.0.0.1", 8080)]
    [InlineData("00000000:0016", "0.0.0.0", 22)]
    [InlineData("00000000000000000000000001000000:D3C8", "::1", 54216)]
    public void The_kernels_notation_of_addresses_is_read(string text, string address, int port) =>
        Assert.Equal((address, port), ListeningPorts.ReadEnd(text));
}
