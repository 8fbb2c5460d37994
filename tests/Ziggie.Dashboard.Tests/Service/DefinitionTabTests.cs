using Bunit;
using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Parts.Service;

namespace Ziggie.Dashboard.Tests.Service;

public sealed class DefinitionTabTests
{
    private static readonly ServiceView Api = Views.Running(Views.Define("api", Views.Everything));

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_nothing_is_saved()
    {
        await using var pages = new ServicePages();
        var tab = pages.Show<DefinitionTab>(Api);
        await tab.Find("#f-port").InputAsync("80a");
        Assert.Contains("'80a' is not a whole number", tab.Find("#f-port-error").TextContent);
        Assert.Equal("true", tab.Find("#f-port").GetAttribute("aria-invalid"));
        Assert.Contains("f-port-error", tab.Find("#f-port").GetAttribute("aria-describedby"));
        await Review(tab);
        Assert.Empty(tab.FindAll(".sv-review"));
        Assert.Empty(pages.Control.Asked);
    }

    [Fact]
    public async Task Secrets_are_shown_as_masks_and_saved_as_such()
    {
        await using var pages = new ServicePages();
        var tab = pages.Show<DefinitionTab>(Api);
        Assert.DoesNotContain("hunter2", tab.Markup);
        Assert.DoesNotContain("Bearer abc", tab.Markup);
        await tab.Find("#f-description").InputAsync("New");
        await Review(tab);
        Assert.Contains("+added: ", tab.Find(".sv-diff tr.sv-added .sv-sign").TextContent);
        Assert.Contains("description: New", tab.Find(".sv-diff tr.sv-added").TextContent);
        Assert.Contains("Nothing restarts", tab.Find(".sv-review").TextContent);
        await Button(tab, "Save").ClickAsync(new());
        Assert.Equal(["replace api takeover=False by anna"], pages.Control.Asked);
        Assert.Equal((SecretKeys.Mask, "New"), (pages.Control.Saved!.Env["DB_PASSWORD"], pages.Control.Saved.Description));
        Assert.Equal(Api.Definition.Env["DB_PASSWORD"], DefinitionMask.Restore(pages.Control.Saved, Api.Definition).Definitions[0].Env["DB_PASSWORD"]);
    }

    [Fact]
    public async Task Whoever_looks_at_what_somebody_else_saved_does_not_save_over_it()
    {
        await using var pages = new ServicePages();
        var tab = pages.Show<DefinitionTab>(Api);
        await tab.Find("#f-description").InputAsync("Mine");
        await Review(tab);
        tab.Render(p => p.Add(t => t.Service, Api with { Definition = Api.Definition with { Description = "Theirs" } }));
        await Button(tab, "Show theirs").ClickAsync(new());
        Assert.Empty(tab.FindAll(".sv-review"));
        Assert.Equal("Theirs", tab.Find("#f-description").GetAttribute("value"));
        Assert.Empty(pages.Control.Asked);
    }

    [Fact]
    public async Task What_needs_a_restart_is_saved_with_one()
    {
        await using var pages = new ServicePages();
        var tab = pages.Show<DefinitionTab>(Api);
        await tab.Find("#f-cwd").InputAsync("/srv/other");
        await Review(tab);
        Assert.Contains("Needs a restart to take effect", tab.Find(".sv-review").TextContent);
        await Button(tab, "Save and restart").ClickAsync(new());
        Assert.Equal(["replace api takeover=False by anna", "restart api by anna"], pages.Control.Asked);
    }

    [Fact]
    public async Task What_only_the_daemon_can_tell_stands_beside_its_field_too()
    {
        await using var pages = new ServicePages();
        pages.Control.Reply = new CommandReply.Refused(
            RefusalCode.InvalidDefinition, "There is no service 'db'.", [new DefinitionError("depends_on.db", "There is no service 'db'.", "api")]);
        var tab = pages.Show<DefinitionTab>(Api);
        await tab.Find("#f-description").InputAsync("New");
        await Review(tab);
        await Button(tab, "Save").ClickAsync(new());
        Assert.Contains("There is no service 'db'", tab.Find("#f-depends-on-error").TextContent);
        Assert.Equal("New", tab.Find("#f-description").GetAttribute("value"));
    }

    [Fact]
    public async Task YAML_takes_up_what_was_typed_into_the_form_and_gives_it_back()
    {
        await using var pages = new ServicePages();
        var tab = pages.Show<DefinitionTab>(Api);
        await tab.Find("#f-stop-timeout").InputAsync("3s");
        await Button(tab, "YAML").ClickAsync(new());
        var yaml = tab.Find("#yaml").GetAttribute("value")!;
        Assert.Contains("timeout: \"3s\"", yaml);
        await tab.Find("#yaml").InputAsync(yaml + "    nonsense: 1\n");
        Assert.Contains("Line ", tab.Find("#yaml-errors").TextContent);
        await Button(tab, "Form").ClickAsync(new());
        Assert.NotEmpty(tab.FindAll("#yaml"));
        await tab.Find("#yaml").InputAsync(yaml.Replace("3s", "4s"));
        await Button(tab, "Form").ClickAsync(new());
        Assert.Equal("4s", tab.Find("#f-stop-timeout").GetAttribute("value"));
        Assert.Equal("dotnet \"Shop Api.dll\"", tab.Find("#f-command").GetAttribute("value")![..21]);
    }

    [Theory]
    [InlineData(Visitor.ReadOnly)]
    [InlineData(Visitor.User)]
    public async Task Others_than_admins_see_it_and_change_nothing(string role)
    {
        await using var pages = new ServicePages(role);
        var tab = pages.Show<DefinitionTab>(Api);
        Assert.True(tab.Find("fieldset").HasAttribute("disabled"));
        Assert.DoesNotContain("Review and save", tab.Markup);
        Assert.DoesNotContain("hunter2", tab.Markup);
        await Button(tab, "YAML").ClickAsync(new());
        Assert.True(tab.Find("#yaml").HasAttribute("readonly"));
    }

    [Fact]
    public async Task What_a_file_defines_is_said_and_must_be_taken_over_first()
    {
        await using var pages = new ServicePages();
        var tab = pages.Show<DefinitionTab>(Api with { Origin = "file:/srv/ziggie.yaml" });
        Assert.Contains("/srv/ziggie.yaml", tab.Find(".sv-notice").TextContent);
        Assert.NotNull(Button(tab, "Take over…"));
        Assert.True(tab.Find("fieldset").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_draft_is_kept_out_of_reach_and_offered_again()
    {
        await using var pages = new ServicePages();
        var tab = pages.Show<DefinitionTab>(Api);
        await tab.Find("#f-description").InputAsync("Typed and not saved");
        // Nothing is drawn anew when it has been kept, so there is no rendering to wait for.
        await Until(() => pages.JSInterop.Invocations["sessionStorage.setItem"].Count > 0);
        var kept = (string)pages.JSInterop.Invocations["sessionStorage.setItem"][0].Arguments[1]!;
        Assert.DoesNotContain("Typed", kept);

        pages.JSInterop.Setup<string>("sessionStorage.getItem", _ => true).SetResult(kept);
        var later = pages.Show<DefinitionTab>(Api);
        later.WaitForAssertion(() => Assert.NotNull(Button(later, "Go on with it")), TimeSpan.FromSeconds(30));
        await Button(later, "Go on with it").ClickAsync(new());
        Assert.Equal("Typed and not saved", later.Find("#f-description").GetAttribute("value"));
    }

    [Fact]
    public async Task A_change_by_somebody_else_is_said_to_who_is_writing()
    {
        await using var pages = new ServicePages();
        var tab = pages.Show<DefinitionTab>(Api);
        await tab.Find("#f-description").InputAsync("Mine");
        var theirs = Api with { Definition = Api.Definition with { Description = "Theirs" } };
        tab.Render(p => p.Add(t => t.Service, theirs));
        Assert.Equal("Mine", tab.Find("#f-description").GetAttribute("value"));
        await Button(tab, "Show theirs").ClickAsync(new());
        Assert.Equal("Theirs", tab.Find("#f-description").GetAttribute("value"));
    }

    private static async Task Until(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo()) await Task.Delay(20, limit.Token);
    }

    private static Task Review(IRenderedComponent<DefinitionTab> tab) => Button(tab, "Review and save").ClickAsync(new());

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<DefinitionTab> tab, string text) => tab.FindAll("button").First(b => b.TextContent.Trim() == text);
}
