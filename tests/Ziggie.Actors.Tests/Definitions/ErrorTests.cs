using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

/// <summary>Each mistake is answered by one sentence at its place.</summary>
public class ErrorTests
{
    private const string AllKeys =
        " Allowed are name, description, command, shell, cwd, env, env_file, user, umask, port, is_system, groups, labels, autostart, "
        + "ready, health, restart, stop, depends_on, restart_dependents, schedule, limits, logs.";

    [Theory]
    [InlineData("comand: x", "comand", "'comand' is no key of a service. Did you mean 'command'?" + AllKeys)]
    [InlineData("environment: { A: b }", "environment", "'environment' is no key of a service. Did you mean 'env'?" + AllKeys)]
    [InlineData("Port: 80", "Port", "'Port' is no key of a service. Did you mean 'port'?" + AllKeys)]
    [InlineData("frobnicate: 1", "frobnicate", "'frobnicate' is no key of a service." + AllKeys)]
    [InlineData("name: other", "name", "'other' is another name than 'web', under which the service stands; leave it out or make them equal.")]
    [InlineData("name: \"a b\"", "name", "'a b' is no name of a service; write 1 to 100 letters (a-z), digits, _ or -.")]
    [InlineData("description: [a]", "description", "Expected a text, but found a list.")]
    [InlineData("shell: maybe", "shell", "'maybe' is not true or false.")]
    [InlineData("autostart: yes", "autostart", "'yes' is not true or false.")]
    [InlineData("is_system: 1", "is_system", "'1' is not true or false.")]
    [InlineData("cwd: srv/shop", "cwd", "Is a relative folder; write an absolute one, or begin with ~ or ${VAR}.")]
    [InlineData("cwd: \"${A\"", "cwd", "A '${' is never closed by '}'; write $$ for a plain dollar.")]
    [InlineData("cwd: \"\"", "cwd", "Is empty; write a folder.")]
    [InlineData("env: text", "env", "Expected a map of KEY: value, or a list of KEY=value, but found a text.")]
    [InlineData("env: { \"\": x }", "env", "The name of a variable is empty.")]
    [InlineData("env: { \"A=B\": x }", "env", "'A=B' is no name of a variable; '=' and control characters are not allowed.")]
    [InlineData("env: { A: }", "env.A", "Has no value; write \"\" for an empty one.")]
    [InlineData("env: { A: [1] }", "env.A", "Expected a text, but found a list.")]
    [InlineData("env: { A: \"${1X}\" }", "env.A", "A '${…}' holds no name of a variable; write ${VAR} or ${VAR:-default}, and $$ for a plain dollar.")]
    [InlineData("env: { ZIGGIE_RUN_ID: x }", "env", "ZIGGIE_RUN_ID is set by the daemon itself; choose another name.")]
    [InlineData("env: [A]", "env[0]", "Has no '='; write KEY=value. (The daemon's own environment is inherited anyway.)")]
    [InlineData("env: [A=1, A=2]", "env.A", "'A' is written twice; keep one.")]
    [InlineData("env_file: .env", "env_file", "Is a relative file, and the service has no 'cwd' to take it from; write an absolute one, or begin with ~ or ${VAR}.")]
    [InlineData("env_file: { a: b }", "env_file", "Expected a file, or a list of files, but found a map.")]
    [InlineData("user: \"a b\"", "user", "'a b' is not the name or the number of a user.")]
    [InlineData("umask: 9", "umask", "'9' is not an octal mask from 0000 to 0777, such as 0027.")]
    [InlineData("umask: 1000", "umask", "'1000' is not an octal mask from 0000 to 0777, such as 0027.")]
    [InlineData("port: 0", "port", "'0' is not a whole number from 1 to 65535.")]
    [InlineData("port: 70000", "port", "'70000' is not a whole number from 1 to 65535.")]
    [InlineData("port: http", "port", "'http' is not a whole number from 1 to 65535.")]
    [InlineData("port: [80]", "port", "Expected a whole number from 1 to 65535, but found a list.")]
    [InlineData("port: 80.5", "port", "'80.5' is not a whole number from 1 to 65535.")]
    [InlineData("groups: [a b]", "groups[0]", "'a b' is no name of a group; write 1 to 100 letters (a-z), digits, _ or -.")]
    [InlineData("groups: { a: b }", "groups", "Expected a name, or a list of names, but found a map.")]
    [InlineData("labels: { \"a b\": c }", "labels", "'a b' is no name of a label; write 1 to 100 letters, digits, _, -, . or /.")]
    [InlineData("labels: { a: }", "labels.a", "Has no value; write \"\" for an empty one.")]
    [InlineData("ready: soon", "ready", "Expected port, notify, grace, a grace such as 5s, or a map with one probe.")]
    [InlineData("ready: {}", "ready", "Needs one probe: one of http, tcp, port, exec, log, notify, grace.")]
    [InlineData("ready: { timeout: 5s }", "ready", "Needs one probe: one of http, tcp, port, exec, log, notify, grace.")]
    [InlineData("ready: { port: true }", "ready", "Asks for the service's own port, but 'port' is not written; write it, or probe with tcp.")]
    [InlineData("ready: port", "ready", "Asks for the service's own port, but 'port' is not written; write it, or probe with tcp.")]
    [InlineData("ready: { tcp: 1, grace: 1s }", "ready", "Has 2 probes (tcp, grace); keep one of them.")]
    [InlineData("ready: { tcp: 70000 }", "ready.tcp", "'70000' is not a whole number from 1 to 65535.")]
    [InlineData("ready: { notify: false }", "ready.notify", "Can only be true. Write 'notify: true', or leave it out.")]
    [InlineData("ready: { port: 5000 }", "ready.port", "Can only be true. The service's own port is meant; for another one write 'tcp: PORT'.")]
    [InlineData("ready: { grace: 5x }", "ready.grace", "'5x' is not a duration such as 250ms, 1s, 10m, 1h30m or 30d (a bare number is seconds).")]
    [InlineData("ready: { grace: 10s, timeout: 5s }", "ready.timeout", "Is not longer than the grace, so no start could ever succeed; leave it out or raise it.")]
    [InlineData("ready: { grace: 13h }", "ready.grace", "'13h' is out of range: from 0s to 12h is allowed.")]
    [InlineData("ready: { tcp: 1, timeout: 0s }", "ready.timeout", "'0s' is out of range: from 1ms to 1d is allowed.")]
    [InlineData("ready: { tcp: 1, timeuot: 5s }", "ready.timeuot", "'timeuot' is no key of 'ready'. Did you mean 'timeout'? Allowed are http, tcp, port, exec, log, notify, grace, timeout.")]
    [InlineData("ready: { log: \"(\" }", "ready.log", "Is not a regular expression: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData("ready: { http: \"ftp://x/\" }", "ready.http", "Is not a URL that begins with http:// or https://.")]
    [InlineData("ready: { http: { status: 200 } }", "ready.http.url", "Is missing; write a URL such as http://127.0.0.1:5000/health.")]
    [InlineData("ready: { http: { url: \"http://x/\", status: 299-200 } }", "ready.http.status", "'299-200' is not a status or a range, such as 204 or 200-299, between 100 and 599.")]
    [InlineData("ready: { http: { url: \"http://x/\", status: 99 } }", "ready.http.status", "'99' is not a status or a range, such as 204 or 200-299, between 100 and 599.")]
    [InlineData("ready: { http: { url: \"http://x/\", headers: { \"a b\": c } } }", "ready.http.headers", "'a b' is no name of a header; letters, digits and - are allowed.")]
    [InlineData("ready: { http: { url: \"http://x/\", headers: { \"A\": \"b\\nc\" } } }", "ready.http.headers.A", "Holds a line break or another control character, which a header cannot.")]
    [InlineData("ready: { http: { url: \"http://x/\", headers: { A: b, a: c } } }", "ready.http.headers", "'A' is written twice; the case of a header's name does not matter.")]
    [InlineData("ready: { exec: \"\" }", "ready.exec", "Is empty; write the program first, then its arguments.")]
    [InlineData("ready: { exec: {} }", "ready.exec.command", "Is missing; write the command whose exit code 0 is success.")]
    [InlineData("ready: { exec: { command: [a, b], shell: true } }", "ready.exec.command", "With 'shell: true' the command is one text, which the shell splits itself.")]
    [InlineData("ready: { exec: \"echo 'x\" }", "ready.exec", "A single quote (') is never closed.")]
    [InlineData("ready: [1]", "ready", "Expected a map with one probe, or one of port, notify, grace and a grace such as 5s, but found a list.")]
    [InlineData("health: tcp", "health", "Expected a map with one probe (http, tcp, port, exec or notify), or one of port, notify and none, but found a text.")]
    [InlineData("health: port", "health", "Asks for the service's own port, but 'port' is not written; write it, or probe with tcp.")]
    [InlineData("health: { tcp: 1, interval: 1ms }", "health.interval", "'1ms' is out of range: from 100ms to 1d is allowed.")]
    [InlineData("health: { tcp: 1, failures: 0 }", "health.failures", "'0' is not a whole number from 1 to 1000.")]
    [InlineData("health: { tcp: 1, on_unhealthy: kill }", "health.on_unhealthy", "'kill' is not one of restart, report.")]
    [InlineData("env: { A: \"${B:?must}\" }", "env.A", "Of a shell's forms only ${VAR} and ${VAR:-default} are known here, not ${VAR:?…}; write $$ for a plain dollar.")]
    [InlineData("env: { A: \"${B-x}\" }", "env.A", "Of a shell's forms only ${VAR} and ${VAR:-default} are known here, not ${VAR-…}; write $$ for a plain dollar.")]
    [InlineData("restart: no", "restart", "'no' is not one of never, on-failure, always. Did you mean 'never'?")]
    [InlineData("restart: { policy: false }", "restart.policy", "'false' is not one of never, on-failure, always. Did you mean 'never'?")]
    [InlineData("restart: sometimes", "restart", "'sometimes' is not one of never, on-failure, always.")]
    [InlineData("restart: on_failure", "restart", "'on_failure' is not one of never, on-failure, always. Did you mean 'on-failure'?")]
    [InlineData("restart: [never]", "restart", "Expected a map, or one of never, on-failure, always, but found a list.")]
    [InlineData("restart: { policy: allways }", "restart.policy", "'allways' is not one of never, on-failure, always. Did you mean 'always'?")]
    [InlineData("restart: { success_exit_codes: [256] }", "restart.success_exit_codes[0]", "'256' is not a whole number from 0 to 255.")]
    [InlineData("restart: { success_exit_codes: [-1] }", "restart.success_exit_codes[0]", "'-1' is not a whole number from 0 to 255.")]
    [InlineData("restart: { factor: 0.5 }", "restart.factor", "'0.5' is not a number from 1 to 1000.")]
    [InlineData("restart: { jitter: 2 }", "restart.jitter", "'2' is not a number from 0 to 1.")]
    [InlineData("restart: { budget: -1 }", "restart.budget", "'-1' is not a whole number from 0 to 1000000.")]
    [InlineData("restart: { delay: 10s, max_delay: 5s }", "restart.max_delay", "Is shorter than 'delay'; make it as long or longer.")]
    [InlineData("restart: { delay: -1s }", "restart.delay", "'-1s' is not a duration such as 250ms, 1s, 10m, 1h30m or 30d (a bare number is seconds).")]
    [InlineData("restart: { window: 0s }", "restart.window", "'0s' is out of range: from 1ms to 30d is allowed.")]
    [InlineData("restart: { retry_every: 100ms }", "restart.retry_every", "'100ms' is out of range: from 1s to 30d is allowed.")]
    [InlineData("stop: TREM", "stop", "'TREM' is not a signal such as TERM, SIGINT or 15.")]
    [InlineData("stop: [INT]", "stop", "Expected a map with signal and timeout, or a signal such as TERM, but found a list.")]
    [InlineData("stop: { signal: 65 }", "stop.signal", "'65' is not a signal such as TERM, SIGINT or 15.")]
    [InlineData("stop: { timeout: forever }", "stop.timeout", "'forever' is not a duration such as 250ms, 1s, 10m, 1h30m or 30d (a bare number is seconds).")]
    [InlineData("stop: { timeout: 2d }", "stop.timeout", "'2d' is out of range: from 0s to 1d is allowed.")]
    [InlineData("depends_on: [web]", "depends_on.web", "A service cannot depend on itself.")]
    [InlineData("depends_on: { web: ready }", "depends_on.web", "A service cannot depend on itself.")]
    [InlineData("depends_on: { db: running }", "depends_on.db", "'running' is not one of started, ready, healthy, completed.")]
    [InlineData("depends_on: { db: raedy }", "depends_on.db", "'raedy' is not one of started, ready, healthy, completed. Did you mean 'ready'?")]
    [InlineData("depends_on: [\"a b\"]", "depends_on", "'a b' is no name of a service; write 1 to 100 letters (a-z), digits, _ or -.")]
    [InlineData("depends_on: [db, DB]", "depends_on.db", "'db' is written twice; keep one.")]
    [InlineData("depends_on: { db: { condition: ready } }", "depends_on.db", "Expected one of started, ready, healthy, completed, but found a map.")]
    [InlineData("schedule: { action: start }", "schedule.cron", "Is missing; write a cron expression such as '0 3 * * *'.")]
    [InlineData("schedule: often", "schedule", "'often' is not a cron expression of five fields such as '0 3 * * *', or of six with seconds first.")]
    [InlineData("schedule: \"0 0 30 2 *\"", "schedule", "'0 0 30 2 *' names a day that never comes.")]
    [InlineData("schedule: { cron: \"0 3 * * *\", time_zone: Mars/Olympus }", "schedule.time_zone", "'Mars/Olympus' is not a time zone such as Europe/Berlin or UTC that this machine knows.")]
    [InlineData("schedule: { cron: \"0 3 * * *\", action: stop }", "schedule.action", "'stop' is not one of start, restart.")]
    [InlineData("schedule: [a]", "schedule", "Expected a map with cron, time_zone, action and catch_up, or a cron expression, but found a list.")]
    [InlineData("limits: 5", "limits", "Expected a map with max_memory, nice, open_files, core and cpu, but found a text.")]
    [InlineData("limits: { max_memory: 10 }", "limits.max_memory", "'10' is too small: 1MB is the least.")]
    [InlineData("limits: { max_memory: lots }", "limits.max_memory", "'lots' is not a size such as 64kB, 10MB, 512MiB or 1GB (a bare number is bytes).")]
    [InlineData("limits: { nice: 20 }", "limits.nice", "'20' is not a whole number from -20 to 19.")]
    [InlineData("limits: { open_files: 0 }", "limits.open_files", "'0' is not a whole number from 8 to 1000000000.")]
    [InlineData("limits: { core: unlimited }", "limits.core", "'unlimited' is not a size such as 64kB, 10MB, 512MiB or 1GB (a bare number is bytes).")]
    [InlineData("limits: { cpu: 0 }", "limits.cpu", "'0' is not a number from 0.01 to 1024.")]
    [InlineData("limits: { memory: 5MB }", "limits.memory", "'memory' is no key of 'limits'. Allowed are max_memory, nice, open_files, core, cpu.")]
    [InlineData("logs: 10MB", "logs", "Expected a map with max_size, max_files, max_age, compress and stderr, but found a text.")]
    [InlineData("logs: { max_size: 1kB }", "logs.max_size", "'1kB' is too small: 4KiB is the least.")]
    [InlineData("logs: { max_files: 0 }", "logs.max_files", "'0' is not a whole number from 1 to 1000.")]
    [InlineData("logs: { max_files: 1001 }", "logs.max_files", "'1001' is not a whole number from 1 to 1000.")]
    [InlineData("logs: { max_age: 0s }", "logs.max_age", "'0s' is out of range: from 1s to 3650d is allowed.")]
    [InlineData("logs: { compress: gzip }", "logs.compress", "'gzip' is not true or false.")]
    [InlineData("logs: { stderr: mixed }", "logs.stderr", "'mixed' is not one of merged, separate.")]
    [InlineData("env: { A: 1, A: 2 }", "env.A", "'A' is written twice; keep one.")]
    [InlineData("port: 80\nport: 81", "port", "'port' is written twice; keep one.")]
    [InlineData("description: \"a\\0b\"", "description", "Holds a NUL character, which no program can be given.")]
    public void A_mistake_is_named_with_what_is_allowed(string yaml, string field, string message)
    {
        var error = Read.Error(yaml);

        Assert.Equal((field, message), (error.Field, error.Message));
        Assert.Equal("web", error.Service);
        Assert.True(error.Line >= 4 && error.Column >= 5, $"{error.Line}:{error.Column}");
    }

    [Theory]
    [InlineData("command:", "Is missing; write the program and its arguments.")]
    [InlineData("port: 80", "Is missing; write the program and its arguments.")]
    [InlineData("command: ''", "Is empty; write the program first, then its arguments.")]
    [InlineData("command: []", "Is empty; write the program first, then its arguments.")]
    [InlineData("command: ['', x]", "Is empty; write the program first, then its arguments.")]
    [InlineData("command: [x, [y]]", "Expected a text, but found a list.")]
    [InlineData("command: { x: y }", "Expected a list of program and arguments, or one text, but found a map.")]
    [InlineData("command: a \"b", "A double quote (\") is never closed.")]
    [InlineData("command: a \\", "The command ends in a backslash (\\) that escapes nothing.")]
    [InlineData("command: a ${B", "A '${' is never closed by '}'.")]
    [InlineData("command: [a, '${B']", "A '${' is never closed by '}'; write $$ for a plain dollar.")]
    [InlineData("command: a && b", "'&&' means something to a shell only: set 'shell: true' to run the command in one, or put the word in quotes.")]
    [InlineData("{ command: [a, b], shell: true }", "With 'shell: true' the command is one text, which the shell splits itself.")]
    public void A_wrong_command_is_refused(string yaml, string message)
    {
        var error = Read.Error(Read.Bare(yaml));

        Assert.Equal("command", error.Field.Split('[')[0]);
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("", "", "The file is empty; write 'services: {}' to have none.")]
    [InlineData("# nothing", "", "The file is empty; write 'services: {}' to have none.")]
    [InlineData("services:", "services", "Is empty; write 'services: {}' to have none.")]
    [InlineData("services: [a]", "services", "Must be a map from a service's name to its keys.")]
    [InlineData("[a]", "", "Expected a map with the key 'services', but found a list.")]
    [InlineData("x-a: 1", "services", "Is missing; write 'services:' and below it each service by its name.")]
    [InlineData("include: a.yaml\nservices: {}", "include", "'include' works in files only; put all services into this text.")]
    [InlineData("version: 3\nservices: {}", "version", "'version' is no key of the file. Allowed are services, include, and keys that begin with x-.")]
    [InlineData("services: {}\nservices: {}", "services", "'services' is written twice; keep one.")]
    [InlineData("services: { a: { command: x }, A: { command: y } }", "name", "'A' is written twice; names are the same in any case.")]
    [InlineData("services: { a: { command: x }, a: { command: y } }", "name", "'a' is written twice; names are the same in any case.")]
    [InlineData("services: { a b: { command: x } }", "name", "'a b' is no name of a service; write 1 to 100 letters (a-z), digits, _ or -.")]
    [InlineData("services: { a: }", "", "Expected a map with the service's keys, 'command' at least, but found nothing.")]
    [InlineData("services: { a: run }", "", "Expected a map with the service's keys, 'command' at least, but found a text.")]
    [InlineData("services: *a", "", "The YAML cannot be read: The alias *a names an anchor that does not exist above this line.")]
    [InlineData("services: &a { x: *a }", "", "The YAML cannot be read: The alias *a stands inside the very node that it names.")]
    [InlineData("services: { <<: 1 }", "", "The YAML cannot be read: A merge key (<<) takes a map, or a list of maps, as in '<<: *defaults'.")]
    [InlineData("services: { [a]: 1 }", "", "The YAML cannot be read: A key must be a simple text.")]
    [InlineData("services: {}\n---\nservices: {}", "", "The YAML cannot be read: A second document starts here (---); put everything into one document.")]
    public void A_wrong_file_is_refused(string yaml, string field, string message)
    {
        var error = Read.Error(DefinitionReader.ReadYaml(yaml, "/etc/ziggie.yaml"));

        Assert.Equal((field, message), (error.Field, error.Message));
        Assert.Equal("/etc/ziggie.yaml", error.File);
        Assert.NotNull(error.Line);
    }

    [Fact]
    public void A_name_with_a_letter_whose_small_one_is_allowed_is_refused() => Assert.False(ServiceName.TryNormalize("\u212Aafka", out _));

    [Theory]
    [InlineData("services:\n\tweb:\n\t\tcommand: run\n", 2, 1)]
    [InlineData("services:\n  web:\n\tcommand: run\n", 3, 1)]
    [InlineData("services:\n  web:\n    command: run\n  \tdb:\n    command: run\n", 4, 3)]
    [InlineData("services:\n  web:\n    command: run\n    env:\n    \t A: b\n", 5, 5)]
    public void A_tab_that_indents_is_named_where_it_stands(string yaml, int line, int column)
    {
        var error = Read.Error(DefinitionReader.ReadYaml(yaml));
        Assert.Equal("The YAML cannot be read: A tab stands before the text of this line; YAML takes only spaces there.", error.Message);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Broken_YAML_is_refused_with_its_line()
    {
        var error = Read.Error(DefinitionReader.ReadYaml("services:\n  a: {command: x\n  b: [}"));

        Assert.StartsWith("The YAML cannot be read: ", error.Message);
        Assert.InRange(error.Line!.Value, 2, 3);
    }

    [Fact]
    public void All_errors_of_all_services_are_told_at_once_and_nothing_is_returned()
    {
        var result = DefinitionReader.ReadYaml("services:\n  a: { command: x, port: 0, umask: 9 }\n  b: { comand: x }\n  c: { command: x }\n", "z.yaml");

        Assert.Empty(result.Definitions);
        Assert.Equal(
            [("a", "umask", 2, 36), ("a", "port", 2, 26), ("b", "command", 3, 6), ("b", "comand", 3, 8)],
            result.Errors.Select(e => (e.Service!, e.Field, e.Line!.Value, e.Column!.Value)));
    }

    [Theory]
    [InlineData("""{ "name": "a", "command": "x", "port": "80" }""", "port", "Expected a whole number from 1 to 65535, but found a text.")]
    [InlineData("""{ "name": "a", "command": "x", "autostart": "true" }""", "autostart", "Expected true or false, but found a text.")]
    [InlineData("""{ "name": "a", "command": "x", "description": 5 }""", "description", "Expected a text, but found a number.")]
    [InlineData("""{ "name": "a", "command": "x", "port": true }""", "port", "Expected a whole number from 1 to 65535, but found true or false.")]
    [InlineData("""{ "name": "a", "command": "x", "restart": 1 }""", "restart", "Expected one of never, on-failure, always, but found a number.")]
    [InlineData("""{ "name": "a", "command": "x", "port": 1, "port": 2 }""", "port", "'port' is written twice; keep one.")]
    [InlineData("""{ "name": "a", "command": "x\u0000y" }""", "command", "Holds a NUL character, which no program can be given.")]
    [InlineData("""{ "name": "a", "command": "\ud800" }""", "", "Holds a text that is not valid Unicode.")]
    [InlineData("""{ "name": 5, "command": "x" }""", "name", "Expected a name of 1 to 100 letters (a-z), digits, _ or -, but found a number.")]
    [InlineData("""{ "command": "x" }""", "name", "Is missing; write 1 to 100 letters (a-z), digits, _ or -.")]
    [InlineData("""[]""", "", "Expected a map with the service's keys, 'command' at least, but found a list.")]
    [InlineData("""{ "name": "a", "command": "x", "cwd": "b" }""", "cwd", "Is a relative folder; write an absolute one, or begin with ~ or ${VAR}.")]
    public void JSON_is_taken_at_its_types(string json, string field, string message)
    {
        var error = Read.Error(Read.Json(json));

        Assert.Equal((field, message, null), (error.Field, error.Message, error.Line));
    }

    [Fact]
    public void The_name_in_the_route_must_be_the_name_in_the_body()
    {
        Assert.Equal("web", Read.Single(Read.Json("""{ "name": "Web", "command": "x" }""", "wEb")).Name);
        Assert.Equal("web", Read.Single(Read.Json("""{ "command": "x" }""", "web")).Name);
        Assert.Equal("name", Read.Error(Read.Json("""{ "name": "api", "command": "x" }""", "web")).Field);
    }

    [Fact]
    public void No_error_shows_a_value_that_may_be_a_secret()
    {
        var result = Read.Keys(
            """
            env: { DB_PASSWORD: "hunter2${" }
            ready: { http: { url: "http://u:hunter2@ x/", headers: { Authorization: "hunter2\n" } } }
            """);

        Assert.Equal(3, result.Errors.Length);
        Assert.DoesNotContain("hunter2", string.Join("\n", result.Errors));
    }

    [Fact]
    public void A_text_beyond_its_longest_is_refused()
    {
        Assert.Equal("Is too long: 501 characters, and 500 is the most.", Read.Error($"description: {new string('a', 501)}").Message);
        Assert.Equal("Is too long: 501 characters, and 500 is the most.", Read.Error($"cwd: /{new string('a', 500)}").Message);
        Assert.Equal(500, Read.Valid($"description: {new string('a', 500)}").Description!.Length);
    }
}
