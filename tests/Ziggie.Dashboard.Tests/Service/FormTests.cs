using System.Text.Json.Nodes;
using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Dashboard.Model.Service.Form;

namespace Ziggie.Dashboard.Tests.Service;

public sealed class FormTests
{
    public static TheoryData<string> Definitions =>
    [
        Views.Everything,
        "command: x",
        "command: 'gunzip -c dump.gz | psql \"$DB\"'\nshell: true",
        "command: [\"[\", -f, x, \"]\"]",
        "command: [\"[\\\"a\\\"]\"]",
        "command: [a, \"${X:-\\\"q\\\"}\"]",
        "command: [sh, -c, \"echo 'a'\\n  b $$HOME $x\"]",
        "command: x\nready: { grace: 5s }",
        "command: x\nport: 80\nready: port\nhealth: port",
        "command: x\nready: { tcp: 81, timeout: 5s }\nhealth: { tcp: 81 }",
        "command: x\nready: { log: \" listening on .*:[0-9]+ \" }",
        "command: x\nready: { exec: [pg_isready, -q] }\nhealth: { exec: [pg_isready, \"a b\"] }",
        "command: x\nready: notify\nhealth: { notify: true, interval: 3s }",
        "command: x\nhealth: { http: { url: \"http://u:secret@h/\" } }",
        "command: x\ndescription: \" spaces \"",
    ];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void What_a_definition_says_stands_in_the_form_and_comes_back_from_it(string keys)
    {
        var definition = DefinitionMask.Apply(Views.Define("api", keys));
        var result = DefinitionForm.Of(definition).Read();
        Assert.True(result.IsValid, string.Join("; ", result.Errors));
        Assert.Equal(DefinitionWriter.WriteYaml(definition), DefinitionWriter.WriteYaml(result.Definitions[0]));
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Going_to_YAML_and_back_loses_nothing(string keys)
    {
        var definition = Views.Define("api", keys);
        var editor = DefinitionEditor.Of(definition);
        editor.ShowYaml();
        Assert.True(editor.ShowForm());
        Assert.False(editor.IsChanged);
        Assert.True(DefinitionComparer.Same(definition, editor.Restored(editor.Read().Definitions[0])));
    }

    [Fact]
    public void The_form_has_a_field_for_every_key()
    {
        var full = DefinitionWriter.WriteFull(Views.Define("api", Views.Everything));
        var fields = FormSections.Fields.Select(f => f.Path).ToHashSet();
        var probes = new[] { "grace", "port", "tcp", "http", "exec", "log", "notify" };
        foreach (var (key, value) in full)
        {
            if (value is JsonObject policy && !fields.Contains(key))
                Assert.All(policy, e => Assert.True(probes.Contains(e.Key) || fields.Contains($"{key}.{e.Key}"), $"{key}.{e.Key}"));
            else Assert.Contains(key, fields);
        }
        Assert.All(ServiceKeys.All, key => Assert.Contains(fields, path => path == key || path.StartsWith(key + ".", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("port", "80a")]
    [InlineData("umask", "999")]
    [InlineData("cwd", "relative")]
    [InlineData("name", "no name")]
    [InlineData("command", "a | b")]
    [InlineData("groups", "good b!d")]
    [InlineData("restart.jitter", "2")]
    [InlineData("restart.success_exit_codes", "0, 300")]
    [InlineData("restart.max_delay", "1")]
    [InlineData("stop.signal", "HELLO")]
    [InlineData("schedule.cron", "61 * * * *")]
    [InlineData("schedule.time_zone", "Mars/Base")]
    [InlineData("limits.max_memory", "1")]
    [InlineData("limits.cpu", "-1")]
    [InlineData("logs.max_files", "0")]
    public void An_error_stands_beside_its_field(string path, string typed)
    {
        var form = DefinitionForm.Of(Views.Define("api", "command: x\nrestart: { delay: 50s, max_delay: 60s }"));
        form[path] = typed;
        if (path.StartsWith("schedule.time", StringComparison.Ordinal)) form["schedule.cron"] = "@daily";
        var errors = new FormErrors(form, form.Read().Errors);
        Assert.NotEmpty(errors.Of(FormSections.Fields.Single(f => f.Path == path)));
        Assert.Empty(errors.Elsewhere);
        Assert.Equal(1, FormSections.Fields.Count(f => errors.Of(f).Any()));
    }

    [Theory]
    [InlineData("http", "ready.http.url")]
    [InlineData("tcp", "ready.tcp")]
    [InlineData("exec", "ready.exec.command")]
    [InlineData("log", "ready.log")]
    [InlineData("grace", "ready.grace")]
    [InlineData("port", "ready.probe")]
    public void A_probe_that_is_chosen_and_not_filled_in_is_said_there(string probe, string path)
    {
        var form = DefinitionForm.Of(Views.Define("api", "command: x"));
        form["ready.probe"] = probe;
        var errors = new FormErrors(form, form.Read().Errors);
        Assert.NotEmpty(errors.Of(FormSections.Fields.Single(f => f.Path == path)));
        Assert.Empty(errors.Elsewhere);
    }

    [Fact]
    public void Names_that_are_written_twice_or_are_none_are_said_beside_the_variables()
    {
        var form = DefinitionForm.Of(Views.Define("api", "command: x\nenv: { A: 1 }"));
        form.Pairs("env").Add(new FormPair { Key = "A", Value = "2" });
        form.Pairs("env").Add(new FormPair { Key = "", Value = "3" });
        form.Pairs("env").Add(new FormPair());
        var said = string.Join("; ", new FormErrors(form, form.Read().Errors).Of(FormSections.Fields.Single(f => f.Path == "env")));
        Assert.Contains("'A' is written twice", said);
        Assert.Contains("name of a variable is empty", said);
    }

    [Fact]
    public void What_is_not_shown_is_not_written_and_comes_back_when_it_is_chosen_again()
    {
        var form = DefinitionForm.Of(Views.Define("api", "command: x\nready: { http: { url: \"http://h/\" } }"));
        form["ready.probe"] = "";
        Assert.Null(form.Read().Definitions[0].Ready);
        form["ready.probe"] = "http";
        Assert.Equal("http://h/", Assert.IsType<Probe.Http>(form.Read().Definitions[0].Ready!.Probe).Url);
    }
}
