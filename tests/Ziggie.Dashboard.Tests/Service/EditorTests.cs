using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Dashboard.Model.Service.Form;

namespace Ziggie.Dashboard.Tests.Service;

public sealed class EditorTests
{
    private const string Secret = "command: [x, --password, hunter2]\nenv: { DB_PASSWORD: hunter2, A: 1 }\nhealth: { http: { url: \"http://u:hunter2@h/\", headers: { Authorization: hunter2 } } }";

    [Fact]
    public void Secrets_are_shown_nowhere_and_stay_what_they_are()
    {
        var original = Views.Define("api", Secret);
        var editor = DefinitionEditor.Of(original);
        editor.Form["description"] = "New";
        Assert.DoesNotContain("hunter2", editor.Form.ToJson().ToJsonString());
        var review = editor.Review()!;
        Assert.DoesNotContain("hunter2", string.Join("\n", review.Lines.Select(line => line.Text)));
        Assert.Equal("hunter2", editor.Restored(review.Next).Env["DB_PASSWORD"]);
        editor.ShowYaml();
        Assert.DoesNotContain("hunter2", editor.Yaml);
        Assert.True(DefinitionComparer.Same(original with { Description = "New" }, editor.Restored(editor.Read().Definitions[0])));
    }

    [Fact]
    public void A_new_secret_is_not_shown_in_what_changes_but_said()
    {
        var editor = DefinitionEditor.Of(Views.Define("api", Secret));
        editor.Form.Pairs("env").Single(p => p.Key == "DB_PASSWORD").Value = "correct horse";
        var review = editor.Review()!;
        Assert.True(review.ChangesAnything);
        Assert.Equal("env", Assert.Single(review.Hidden));
        Assert.DoesNotContain(review.Lines, line => line.Text.Contains("horse") || line.Change != LineChange.Same);
    }

    [Fact]
    public void A_mask_that_hides_nothing_is_refused_beside_its_field()
    {
        var editor = DefinitionEditor.Of(Views.Define("api", Secret));
        editor.Form.Pairs("env").Add(new FormPair { Key = "OTHER_TOKEN", Value = SecretKeys.Mask });
        var errors = new FormErrors(editor.Form, editor.Read().Errors);
        Assert.Contains(errors.Of(FormSections.Fields.Single(f => f.Path == "env")), e => e.Contains("OTHER_TOKEN"));
        Assert.Null(editor.Review());
    }

    [Fact]
    public void A_duplicate_gets_the_secrets_of_the_service_that_it_is_like()
    {
        var editor = DefinitionEditor.Like(Views.Define("api", Secret));
        var made = editor.Restored(editor.Read().Definitions[0]);
        Assert.Equal("api-2", made.Name);
        Assert.Equal("hunter2", made.Env["DB_PASSWORD"]);
    }

    [Fact]
    public void Comments_in_YAML_survive_a_look_at_the_form()
    {
        var editor = DefinitionEditor.Of(Views.Define("api", "command: x"));
        editor.ShowYaml();
        editor.Yaml = "# mine\nservices:\n  api: { command: y }\n";
        Assert.True(editor.ShowForm());
        Assert.Equal("y", editor.Form["command"]);
        editor.ShowYaml();
        Assert.StartsWith("# mine", editor.Yaml);
        editor.ShowForm();
        editor.Form["command"] = "z";
        editor.ShowYaml();
        Assert.Contains("[z]", editor.Yaml);
    }

    [Fact]
    public void What_is_wrong_in_the_form_stands_in_the_YAML_too()
    {
        var editor = DefinitionEditor.Of(Views.Define("api", "command: x"));
        editor.Form["port"] = "80a";
        editor.ShowYaml();
        Assert.Contains("80a", editor.Yaml);
        var error = Assert.Single(editor.Read().Errors);
        Assert.Equal(("port", 4), (error.Field, error.Line));
        Assert.False(editor.ShowForm());
        Assert.True(editor.IsYaml);
    }

    [Theory]
    [InlineData("services: { other: { command: x } }", "name")]
    [InlineData("services: { api: { command: x }, b: { command: x } }", "services")]
    [InlineData("services: {}", "services")]
    public void YAML_of_this_page_is_about_this_one_service(string yaml, string field)
    {
        var editor = DefinitionEditor.Of(Views.Define("api", "command: x"));
        editor.ShowYaml();
        editor.Yaml = yaml;
        Assert.Equal(field, Assert.Single(editor.Read().Errors).Field);
    }

    [Theory]
    [InlineData("description", "New", false)]
    [InlineData("command", "y", true)]
    [InlineData("limits.max_memory", "1GB", false)]
    [InlineData("logs.stderr", "separate", true)]
    public void A_review_tells_whether_a_restart_is_needed(string path, string typed, bool isNeeded)
    {
        var editor = DefinitionEditor.Of(Views.Define("api", "command: x"));
        Assert.False(editor.IsChanged);
        editor.Form[path] = typed;
        Assert.True(editor.IsChanged);
        Assert.Equal(isNeeded, editor.Review()!.NeedsRestart);
    }

    [Fact]
    public void A_draft_brings_back_what_was_typed()
    {
        var definition = Views.Define("api", Secret);
        var editor = DefinitionEditor.Of(definition);
        editor.Form["port"] = "80a";
        editor.Form.Pairs("env").Add(new FormPair { Key = "B", Value = "2" });
        var json = System.Text.Json.JsonSerializer.Serialize(editor.Draft());
        var later = DefinitionEditor.Of(definition);
        later.Take(System.Text.Json.JsonSerializer.Deserialize<DefinitionDraft>(json)!);
        Assert.True(later.IsChanged);
        Assert.Equal("80a", later.Form["port"]);
        Assert.Equal(["A", "B", "DB_PASSWORD"], later.Form.Pairs("env").Select(p => p.Key).Order());
    }

    [Fact]
    public void Lines_that_differ_are_found_between_those_that_do_not() => Assert.Equal(
        [(LineChange.Same, "a"), (LineChange.Removed, "b"), (LineChange.Added, "x"), (LineChange.Same, "c"), (LineChange.Added, "d"), (LineChange.Same, "e")],
        LineDiff.Of("a\nb\nc\ne\n", "a\nx\nc\nd\ne\n").Select(line => (line.Change, line.Text)));

    [Fact]
    public void Everything_is_new_where_there_was_nothing() =>
        Assert.All(LineDiff.Of("", "a\nb\n"), line => Assert.Equal(LineChange.Added, line.Change));
}
