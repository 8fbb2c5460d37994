using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

public class SecretTests
{
    [Theory]
    [InlineData("PASSWORD")]
    [InlineData("DB_PASSWORD")]
    [InlineData("PGPASSWORD")]
    [InlineData("dbPassword")]
    [InlineData("MYSQL_PWD")]
    [InlineData("DB_PASS")]
    [InlineData("CLIENT_SECRET")]
    [InlineData("secrets")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("authToken")]
    [InlineData("AUTHTOKEN")]
    [InlineData("API_KEY")]
    [InlineData("APIKEY")]
    [InlineData("apiKey2")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("KEY")]
    [InlineData("GOOGLE_CREDENTIALS")]
    [InlineData("X-Api-Key")]
    [InlineData("Authorization")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Cookie")]
    [InlineData("Pass_Word_Passphrase")]
    public void Keys_of_secrets(string key) => Assert.True(SecretKeys.IsSecret(key));

    [Theory]
    [InlineData("MONKEY")]
    [InlineData("KEYBOARD")]
    [InlineData("TURKEY_SIZE")]
    [InlineData("TOKENIZERS_PARALLELISM")]
    [InlineData("PATH")]
    [InlineData("PWD")]
    [InlineData("OLDPWD")]
    [InlineData("COMPASS")]
    [InlineData("BYPASS")]
    [InlineData("HOME")]
    [InlineData("")]
    [InlineData("Accept")]
    public void Keys_of_other_things(string key) => Assert.False(SecretKeys.IsSecret(key));

    private static ServiceDefinition Secretive => Read.Single(Read.Bare(
        """
        command: [run, --password=hunter2, --api-key, hunter2, --url, "http://u:hunter2@h/x?token=hunter2&a=1", --keyboard=us]
        env: { DB_PASSWORD: hunter2, DATABASE_URL: "postgres://me:hun@ter2@h:5432/db", PLAIN: shown, EMPTY_KEY: "" }
        labels: { secret: hunter2 }
        ready: { exec: { command: "PGPASSWORD=hunter2 psql --token 'hunter2 x' | cat", shell: true } }
        health: { http: { url: "http://a:hunter2@localhost/", headers: { Authorization: Bearer hunter2, Accept: text/plain } } }
        """));

    [Fact]
    public void No_output_shows_a_secret_and_all_else_stays()
    {
        var json = DefinitionWriter.WriteFull(Secretive);
        var text = json.ToJsonString() + DefinitionWriter.CommandLine(Secretive);

        Assert.DoesNotContain("hunter2", text);
        Assert.DoesNotContain("ter2", text);
        Assert.Equal(
            "run --password=******** --api-key ******** --url http://u:********@h/x?token=********&a=1 --keyboard=us",
            string.Join(' ', json["command"]!.AsArray().Select(w => (string)w!)));
        Assert.Equal("postgres://me:********@h:5432/db", (string)json["env"]!["DATABASE_URL"]!);
        Assert.Equal(("shown", ""), ((string)json["env"]!["PLAIN"]!, (string)json["env"]!["EMPTY_KEY"]!));
        Assert.Equal("PGPASSWORD=******** psql --token ******** | cat", (string)json["ready"]!["exec"]!["command"]!);
        Assert.Equal("text/plain", (string)json["health"]!["http"]!["headers"]!["Accept"]!);
        Assert.Equal("http://a:********@localhost/", (string)json["health"]!["http"]!["url"]!);
    }

    [Fact]
    public void What_was_shown_comes_back_with_its_secrets()
    {
        var shown = DefinitionMask.Apply(Secretive);
        var changed = shown with { Description = "new", Env = shown.Env.SetItem("PLAIN", "other"), Command = shown.Command.Insert(1, "-v") };

        var restored = Read.Single(DefinitionMask.Restore(changed, Secretive));

        Assert.Equal(
            ["description", "command", "env"],
            DefinitionComparer.Changed(Secretive, restored).AsEnumerable());
        Assert.Equal(Secretive.Env.SetItem("PLAIN", "other"), restored.Env);
        Assert.Equal(Secretive.Command.Insert(1, "-v").AsEnumerable(), restored.Command.AsEnumerable());
    }

    [Fact]
    public void A_new_secret_replaces_the_old_one()
    {
        var shown = DefinitionMask.Apply(Secretive);

        var restored = Read.Single(DefinitionMask.Restore(shown with { Env = shown.Env.SetItem("DB_PASSWORD", "fresh") }, Secretive));

        Assert.Equal("fresh", restored.Env["DB_PASSWORD"]);
    }

    [Fact]
    public void A_mask_that_hides_nothing_known_is_an_error()
    {
        var shown = DefinitionMask.Apply(Secretive);

        var errors = DefinitionMask.Restore(shown, null).Errors;
        Assert.Contains(errors, e => e.Field == "env.DB_PASSWORD");
        Assert.Contains(errors, e => e.Field == "command");
        Assert.Contains(errors, e => e.Field == "health.http.headers.Authorization");
        Assert.All(errors, e => Assert.Equal(("web", "Holds ********, which hides no value known here; write the value itself."), (e.Service, e.Message)));

        var moved = shown with { Env = shown.Env.Add("OTHER_PASSWORD", SecretKeys.Mask) };
        Assert.Equal("env.OTHER_PASSWORD", Assert.Single(DefinitionMask.Restore(moved, Secretive).Errors).Field);
    }

    [Fact]
    public void A_URL_that_changed_does_not_get_its_old_password_back()
    {
        var shown = DefinitionMask.Apply(Secretive);
        var http = (Probe.Http)shown.Health!.Probe;
        var moved = shown with { Health = shown.Health with { Probe = http with { Url = http.Url.Replace("localhost", "other.example") } } };

        Assert.Contains(DefinitionMask.Restore(moved, Secretive).Errors, e => e.Field == "health.http.url");
    }
}
