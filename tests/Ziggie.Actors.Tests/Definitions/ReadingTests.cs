using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

public class ReadingTests
{
    [Fact]
    public void A_command_alone_has_every_default()
    {
        var definition = Read.Valid("description:");

        Assert.Null(definition.Description);
        Assert.Equal(["run"], definition.Command.AsEnumerable());
        Assert.Equal(ReadyPolicy.DefaultGrace, definition.EffectiveReady);
        Assert.Null(definition.EffectiveHealth);
        Assert.Same(RestartPolicy.Default, definition.Restart);
        Assert.Equal((15, TimeSpan.FromSeconds(10)), (definition.Stop.Signal, definition.Stop.Timeout));
        Assert.Equal((10_000_000, 10), (definition.Logs.MaxSize, definition.Logs.MaxFiles));
        Assert.False(definition.Autostart || definition.IsSystem || definition.Shell);
    }

    [Fact]
    public void A_port_is_the_default_for_ready_and_health()
    {
        var definition = Read.Valid("port: 80");

        Assert.Equal(ReadyPolicy.ByPort, definition.EffectiveReady);
        Assert.Equal(HealthPolicy.Tcp(80), definition.EffectiveHealth);
    }

    [Theory]
    [InlineData("ready: port", typeof(Probe.OwnPort), 60)]
    [InlineData("ready: { port: true }", typeof(Probe.OwnPort), 60)]
    [InlineData("ready: notify", typeof(Probe.Notify), 60)]
    [InlineData("ready: { notify: true, timeout: 5 }", typeof(Probe.Notify), 5)]
    [InlineData("ready: 5s", typeof(Probe.Grace), 60)]
    [InlineData("ready: 5", typeof(Probe.Grace), 60)]
    [InlineData("ready: { grace: 90s }", typeof(Probe.Grace), 150)]
    [InlineData("ready: { log: 'up$' }", typeof(Probe.Log), 60)]
    [InlineData("ready: { exec: pg_isready -q }", typeof(Probe.Exec), 60)]
    [InlineData("ready: { http: 'http://127.0.0.1:${PORT}/x' }", typeof(Probe.Http), 60)]
    public void A_single_word_stands_for_the_map_with_its_defaults(string yaml, Type probe, int timeout)
    {
        var ready = Read.Valid(yaml + "\nport: 80").Ready!;

        Assert.IsType(probe, ready.Probe);
        Assert.Equal(TimeSpan.FromSeconds(timeout), ready.Timeout);
    }

    [Fact]
    public void Restart_stop_health_and_schedule_have_a_short_form()
    {
        var definition = Read.Valid("restart: never\nstop: INT\nhealth: port\nport: 80\nschedule: '0 3 * * *'");

        Assert.Equal(RestartPolicy.Default with { Policy = RestartMode.Never }, definition.Restart);
        Assert.Equal(StopPolicy.Default with { Signal = 2 }, definition.Stop);
        Assert.Equal(new HealthPolicy(new Probe.OwnPort()), definition.Health);
        Assert.Equal(new SchedulePolicy("0 3 * * *", null, ScheduleAction.Start), definition.Schedule);
    }

    [Theory]
    [InlineData("TERM", 15)]
    [InlineData("SIGTERM", 15)]
    [InlineData("sigquit", 3)]
    [InlineData("15", 15)]
    [InlineData("64", 64)]
    public void A_signal_is_a_name_or_a_number(string text, int number) =>
        Assert.Equal(number, Read.Valid($"stop: {{ signal: {text}, timeout: 0s }}").Stop.Signal);

    [Theory]
    [InlineData("[db, Cache]")]
    [InlineData("{ db: ready, cache: }")]
    public void Names_by_themselves_wait_for_ready(string yaml)
    {
        var on = Read.Valid($"depends_on: {yaml}").DependsOn;

        Assert.Equal(["cache", "db"], on.Keys);
        Assert.All(on.Values, c => Assert.Equal(DependencyCondition.Ready, c));
    }

    [Fact]
    public void A_single_value_stands_for_a_list_of_one()
    {
        var definition = Read.Valid("groups: Backend\nenv_file: /x/.env\ndepends_on: db\nrestart: { success_exit_codes: 3 }");

        Assert.Equal(["backend"], definition.Groups.AsEnumerable());
        Assert.Equal(["/x/.env"], definition.EnvFile.AsEnumerable());
        Assert.Equal(["db"], definition.DependsOn.Keys);
        Assert.Equal([3], definition.Restart.SuccessExitCodes.AsEnumerable());
    }

    [Fact]
    public void Unquoted_numbers_and_booleans_are_texts_where_texts_are_due()
    {
        var definition = Read.Valid("env: { A: 1.10, B: true, C: \"\", D: 007, E: 'null' }\ndescription: 42\nlabels: { v: 2 }\nuser: 1000");

        Assert.Equal(["1.10", "true", "", "007", "null"], definition.Env.Values);
        Assert.Equal(("42", "2", "1000"), (definition.Description, definition.Labels["v"], definition.User));
    }

    [Fact]
    public void JSON_takes_numbers_and_booleans_in_env_and_in_the_command()
    {
        var definition = Read.Single(Read.Json("""{ "name": "a", "command": ["sleep", 5], "env": { "N": 3000, "B": false }, "labels": { "n": 1 } }"""));

        Assert.Equal(["sleep", "5"], definition.Command.AsEnumerable());
        Assert.Equal(["false", "3000"], definition.Env.Values);
    }

    [Fact]
    public void Quoted_numbers_are_numbers_in_YAML() => Assert.Equal(80, Read.Valid("port: \"80\"").Port);

    [Fact]
    public void Env_may_be_a_list_of_pairs() =>
        Assert.Equal("b=c", Read.Valid("env: [A=b=c, B=]").Env["A"]);

    [Theory]
    [InlineData("0027")]
    [InlineData("\"0027\"")]
    [InlineData("027")]
    [InlineData("27")]
    [InlineData("0o27")]
    public void Umask_is_octal_however_it_is_written(string text) => Assert.Equal(23, Read.Valid($"umask: {text}").Umask);

    [Fact]
    public void Null_is_the_same_as_leaving_a_key_out() => Assert.True(DefinitionComparer.Same(
        Read.Single(Read.Json("""{ "name": "a", "command": ["x"] }""")),
        Read.Single(Read.Json("""{ "name": "a", "command": ["x"], "port": null, "ready": null, "env": null, "limits": { "nice": null }, "groups": null }"""))));

    [Fact]
    public void Anchors_aliases_merge_keys_and_the_files_own_keys_work()
    {
        var result = DefinitionReader.ReadYaml(
            """
            x-defaults: &defaults
              restart: always
              env: &env { A: a, B: b }
            x-other: &other { port: 90, autostart: true }
            services:
              one:
                <<: [*defaults, *other]
                command: one
                port: 80
                env: { <<: *env, B: c }
              two: { <<: *defaults, command: two }
              three: &three { command: three }
              four: *three
            """);

        Assert.True(result.IsValid, string.Join("\n", result.Errors));
        var one = result.Definitions[0];
        Assert.Equal((RestartMode.Always, 80, true), (one.Restart.Policy, one.Port, one.Autostart));
        Assert.Equal(["a", "c"], one.Env.Values);
        Assert.Equal(["a", "b"], result.Definitions[1].Env.Values);
        Assert.Equal(["one", "two", "three", "four"], result.Definitions.Select(d => d.Name));
    }

    [Fact]
    public void A_text_that_would_grow_without_bound_is_refused()
    {
        var bomb = "x-0: &a0 { k: v }\n" + string.Concat(Enumerable.Range(1, 60).Select(i =>
            $"x-{i}: &a{i} {{ <<: [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 2000))}], k{i}: v }}\n")) + "services: {}\n";

        Assert.Contains("more than a million nodes", Read.Error(DefinitionReader.ReadYaml(bomb)).Message);
        Assert.Contains("Nested deeper", Read.Error(DefinitionReader.ReadYaml("services: " + new string('[', 10_000))).Message);
    }

    [Fact]
    public void Relative_folders_are_taken_from_the_file()
    {
        var result = DefinitionReader.ReadYaml(
            """
            services:
              a: { command: x, cwd: sub/../app, env_file: .env }
              b: { command: x, env_file: [.env, /etc/env] }
              c: { command: x, cwd: "${DIR}", env_file: "~/x" }
            """, "/srv/ziggie.yaml");

        Assert.Equal(["/srv/app", null, "${DIR}"], result.Definitions.Select(d => d.Cwd));
        Assert.Equal([".env", "/srv/.env", "/etc/env", "~/x"], result.Definitions.SelectMany(d => d.EnvFile));
    }

    [Fact]
    public void Characters_beyond_the_basic_plane_are_read_as_written_and_as_JSON_escapes_them()
    {
        Assert.Equal("\U0001F600", Read.Valid("description: \U0001F600").Description);
        Assert.Equal("\U0001F600", Read.Valid("description: \"\\U0001F600\"").Description);
        Assert.Equal("\U0001F600", Read.Valid("description: \"\\ud83d\\ude00\"").Description);
        Assert.False(Read.Keys("description: \"\\ud83d\"").IsValid);

        var error = Read.Error("description: a\ud83d b");
        Assert.Equal(("The YAML cannot be read: This is not valid Unicode.", 4, 19), (error.Message, error.Line, error.Column));
    }

    [Fact]
    public void Names_are_kept_in_lower_case() =>
        Assert.Equal("web-1_x", Read.Single(Read.Json("""{ "name": "WEB-1_x", "command": "x" }""")).Name);

    [Fact]
    public void A_delay_beyond_the_usual_cap_raises_the_cap() =>
        Assert.Equal(TimeSpan.FromMinutes(5), Read.Valid("restart: { delay: 5m }").Restart.MaxDelay);

    [Fact]
    public void No_services_is_a_valid_file_when_it_is_said() => Assert.True(DefinitionReader.ReadYaml("services: {}").IsValid);
}
