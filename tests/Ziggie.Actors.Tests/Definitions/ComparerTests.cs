using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

public class ComparerTests
{
    private const string Old =
        """
        port: 80
        env: { A: a }
        limits: { max_memory: 1GB, nice: 1 }
        """;

    [Theory]
    [InlineData("command: other", "command", true)]
    [InlineData("command: run -v", "command", true)]
    [InlineData("shell: true", "command shell", true)]
    [InlineData("cwd: /x", "cwd", true)]
    [InlineData("env: { A: b }", "env", true)]
    [InlineData("env_file: /x", "env_file", true)]
    [InlineData("user: web", "user", true)]
    [InlineData("umask: 0027", "umask", true)]
    [InlineData("port: 81", "port", true)]
    [InlineData("limits: { max_memory: 1GB, nice: 2 }", "limits", true)]
    [InlineData("limits: { max_memory: 1GB, nice: 1, open_files: 99 }", "limits", true)]
    [InlineData("logs: { stderr: separate }", "logs", true)]
    [InlineData("limits: { max_memory: 2GB, nice: 1 }", "limits", false)]
    [InlineData("logs: { max_size: 1MB }", "logs", false)]
    [InlineData("description: x", "description", false)]
    [InlineData("is_system: true", "is_system", false)]
    [InlineData("groups: x", "groups", false)]
    [InlineData("labels: { a: b }", "labels", false)]
    [InlineData("autostart: true", "autostart", false)]
    [InlineData("ready: notify", "ready", true)]
    [InlineData("health: notify", "health", true)]
    [InlineData("ready: 5s", "ready", false)]
    [InlineData("health: port", "health", false)]
    [InlineData("restart: always", "restart", false)]
    [InlineData("stop: INT", "stop", false)]
    [InlineData("depends_on: db", "depends_on", false)]
    [InlineData("schedule: '@daily'", "schedule", false)]
    public void Only_what_a_process_was_launched_with_needs_a_restart(string change, string keys, bool restart)
    {
        var old = Read.Valid(Old);
        var key = change[..change.IndexOf(':')];
        var rest = string.Join('\n', ("command: run\n" + Old).Split('\n').Where(l => !l.StartsWith(key + ":", StringComparison.Ordinal)));
        var changed = Read.Single(Read.Bare(rest + "\n" + change));

        // A text for a shell that equals the only word of the old command is written in another way.
        Assert.Equal(keys.Split(' '), DefinitionComparer.Changed(old, changed));
        Assert.Equal(restart, DefinitionComparer.NeedsRestart(old, changed));
        Assert.False(DefinitionComparer.Same(old, changed));
    }

    [Fact]
    public void Another_way_of_writing_is_no_change() => Assert.True(DefinitionComparer.Same(
        Read.Single(Read.Bare("command: sleep 5\nport: 80\nstop: { timeout: 10s, signal: SIGTERM }\nlogs: { max_size: 10000kB }\nlimits: {}")),
        Read.Single(Read.Bare("command: [sleep, 5]\nport: '80'\nstop: 15"))));
}
