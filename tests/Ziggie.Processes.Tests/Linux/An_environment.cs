using Xunit;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Tests.Linux;

public sealed class An_environment : Launching
{
    [Fact]
    public async Task Is_found_while_its_process_becomes_another_program()
    {
        var script = Path.Combine(Folder, "again.sh");
        await File.WriteAllTextAsync(script, "[ $1 -gt 0 ] || echo ready\nexec /bin/sh \"$0\" $(($1 + 1))\n");
        var spec = Spec("/bin/sh", script, "0");
        var process = Start(spec);
        await Printed(spec, "ready");
        for (var look = 0; look < 20_000; look++)
        {
            if (ProcFs.RunIdOf(process.Identity.Pid) != spec.RunId) Assert.Fail($"At look {look} it was not found.");
        }
    }

    [Fact]
    public async Task That_is_empty_is_known_to_be_so_at_once()
    {
        var spec = Spec("/bin/sh", "-c", "echo ready; exec env -i sleep 300");
        var process = Start(spec);
        await Printed(spec, "ready");
        await Until(() => ProcFs.NameOf(process.Identity.Pid) == "sleep", () => "the program");
        Assert.Null(ProcFs.RunIdOf(process.Identity.Pid));
        Assert.True(ProcFs.Stat(process.Identity.Pid) is { EnvironmentStart: > 0 } stat && stat.EnvironmentEnd == stat.EnvironmentStart);
    }

    [Fact]
    public async Task That_was_read_is_read_again_when_its_process_has_become_another_program()
    {
        var runIds = new RunIds();
        var go = Path.Combine(Folder, "go");
        var spec = Spec("/bin/sh", "-c", $"echo ready; while ! [ -e {go} ]; do :; done; exec env ZIGGIE_RUN_ID=another-run sleep 300");
        var process = Start(spec);
        await Printed(spec, "ready");
        Assert.Equal(spec.RunId, runIds.Of(ProcFs.Stat(process.Identity.Pid)!.Value));

        await File.WriteAllTextAsync(go, "");
        await Until(() => ProcFs.NameOf(process.Identity.Pid) == "sleep", () => "the program");
        Assert.Equal("another-run", runIds.Of(ProcFs.Stat(process.Identity.Pid)!.Value));
    }
}
