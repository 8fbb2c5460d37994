using System.Collections.Immutable;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Model.Configuration;
using Ziggie.Dashboard.Model.Graph;
using Ziggie.Dashboard.Model.History;
using Ziggie.Dashboard.Model.Host;
using Ziggie.Dashboard.Model.Users;
using Ziggie.Dashboard.Parts.Configuration;
using Ziggie.Dashboard.Parts.Graph;
using Ziggie.Dashboard.Parts.History;
using Ziggie.Dashboard.Parts.Host;
using Ziggie.Dashboard.Parts.Users;
using Ziggie.Persistence.Users;

namespace Ziggie.Dashboard.Tests.Machine;

public sealed class PartTests : BunitContext
{
    private readonly BrowserZone _zone;

    public PartTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        _zone = new BrowserZone(JSInterop.JSRuntime);
        Services.AddSingleton(TimeProvider.System);
    }

    [Fact]
    public void A_line_of_the_history_says_what_who_when_and_leads_to_the_service()
    {
        var entry = HistoryModelTests.Entry("e1", new(2026, 3, 10, 12, 0, 5, TimeSpan.Zero), "gave_up") with { Service = "web", Who = "ann", Address = "10.0.0.7", Message = "Gave up." };
        var line = Render<HistoryLine>(p => p.Add(l => l.Entry, entry).Add(l => l.Zone, _zone));
        Assert.Equal("/services/web", line.Find("a").GetAttribute("href"));
        Assert.Contains("z-bad", line.Find("li").ClassName);
        Assert.Contains("Gave up: Gave up.", line.Find("p").TextContent);
        Assert.Contains("ann from 10.0.0.7", line.Find(".z-event-who").TextContent);
        Assert.Contains("12:00:05", line.Find("time").TextContent);
    }

    [Fact]
    public void Filters_of_the_history_tell_what_is_asked_for()
    {
        HistoryFilter? asked = null;
        var filters = Render<HistoryFilters>(p => p.Add(f => f.Filter, new HistoryFilter()).Add(f => f.Zone, _zone).Add(f => f.Services, ["web"]).Add(f => f.Changed, f => asked = f));
        filters.Find("select[aria-label=Kind]").Change("problems");
        Assert.Equal(new HistoryFilter { Kind = "problems" }, asked);
        filters.Find("input[aria-label=Service]").Change(" web ");
        Assert.Equal("web", asked!.Service);
        filters.Find("select[aria-label=Time]").Change("between");
        Assert.EndsWith("Z", asked.Since);
        filters.Render(p => p.Add(f => f.Filter, asked));
        filters.Find("input[aria-label=From]").Change("2026-03-10T12:00:00");
        Assert.Equal("2026-03-10T12:00:00Z", asked.Since);
    }

    [Fact]
    public void A_chart_says_in_words_what_it_draws()
    {
        var now = DateTimeOffset.UtcNow;
        var chart = new HostChart("Processor", [(now.AddMinutes(-1), 10), (now, 30)], 100, v => $"{v} %", "30 %");
        var drawn = Render<TimeChart>(p => p.Add(c => c.Chart, chart).Add(c => c.Range, TimeSpan.FromMinutes(10)).Add(c => c.Until, now));
        Assert.Equal("Processor in the last 10 min: now 30 %, 20 % on average, 30 % at most", drawn.Find("[role=img]").GetAttribute("aria-label"));
        Assert.StartsWith("M540", drawn.Find(".z-line").GetAttribute("d"));
    }

    [Fact]
    public void The_graph_is_a_list_of_links_in_the_order_of_waiting()
    {
        var snapshot = Picture.Of(
            Picture.Service("api", v => v with { Phase = Phase.Waiting, Reason = "Waiting for 'db'." }, ("db", DependencyCondition.Ready)),
            Picture.Service("db", v => v with { Phase = Phase.Failed, Status = ServiceStatus.Failed }));
        var graph = ServiceGraph.Of(snapshot, new GraphFilter());
        var drawn = Render<GraphPicture>(p => p
            .Add(g => g.Drawing, GraphLayout.Draw([.. graph.Linked.Select(s => s.Name)], [.. graph.Links.Select(l => (l.On, l.By))]))
            .Add(g => g.Views, snapshot.Services).Add(g => g.Links, graph.Links));
        Assert.Equal(["/services/db", "/services/api"], drawn.FindAll("li a").Select(a => a.GetAttribute("href")));
        Assert.Contains("z-is-failed", drawn.Find("[data-name=db]").ClassName);
        Assert.Contains("Waits for db (ready).", drawn.Find("[data-name=api]").TextContent);
        Assert.Contains("z-unmet", drawn.Find(".z-link").ClassName);
        Assert.Equal("ready", drawn.Find(".z-link text").TextContent);
    }

    [Fact]
    public void A_user_is_offered_what_makes_sense()
    {
        Account[] accounts =
        [
            new() { Id = 1, Username = "admin", Role = UserRole.Admin, CreatedAt = DateTimeOffset.UnixEpoch, LastLogin = DateTimeOffset.UnixEpoch.AddSeconds(5) }, new() { Id = 2, Username = "rita", Role = UserRole.ReadOnly, IsActive = false },
        ];
        Account? deleted = null;
        var table = Render<CascadingValue<Visitor>>(p => p.Add(c => c.Value, new Visitor("admin", Visitor.Admin))
            .AddChildContent<UserTable>(t => t.Add(u => u.Accounts, accounts).Add(u => u.Delete, a => deleted = a)));
        Assert.Contains("you", table.FindAll("tbody tr")[0].TextContent);
        Assert.Contains("may not sign in", table.FindAll("tbody tr")[1].TextContent);
        // Times are the browser's to tell.
        Assert.Equal(["5000", "0"], table.FindAll("tbody tr")[0].QuerySelectorAll("z-at").Select(at => at.GetAttribute("ms")));
        Assert.Equal("/account", table.Find("a[aria-label='My password']").GetAttribute("href"));
        table.Find("button[aria-label='Delete rita']").Click();
        Assert.Equal("rita", deleted?.Username);
    }

    [Fact]
    public void What_is_wrong_with_a_user_stands_beside_its_field()
    {
        Services.AddSingleton<IAccounts>(new NoAccounts());
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddScoped<ProtectedSessionStorage>().AddScoped<DraftStore>();
        var draft = UserDraft.New("a long password");
        UserDraft? saved = null;
        var form = Render<UserForm>(p => p.Add(f => f.Draft, draft).Add(f => f.Saved, d => saved = d));
        form.Find("#user-name").Input("bob");
        form.Find("#user-role").Change("admin");
        form.Find("form").Submit();
        form.WaitForState(() => saved is not null);
        Assert.Equal(("bob", "admin", "a long password"), (saved?.Username, saved?.Role, saved?.Password));
        draft.Errors = new Dictionary<string, string[]> { ["username"] = ["is taken."] };
        form.Render();
        Assert.Equal("is taken.", form.Find("#user-name-error").TextContent);
        Assert.Equal("true", form.Find("#user-name").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Changes_are_told_with_both_values()
    {
        var change = new ChangeRow("web", PlannedAction.Changed, "is restarted", [new KeyRow("port", "80", "81"), new KeyRow("cwd", null, "/srv")], null, false);
        var view = Render<ChangesView>(p => p.Add(v => v.Changes, new ChangeList([change], 2, IsPlan: true)).Add(v => v.Summary, "1 to change."));
        Assert.Equal(["80"], view.FindAll("del").Select(d => d.TextContent));
        Assert.Equal(["81", "/srv"], view.FindAll("ins").Select(d => d.TextContent));
        Assert.Contains("not set", view.FindAll("tbody tr")[1].TextContent);
        Assert.Contains("2 services unchanged.", view.Markup);
    }

    [Fact]
    public void The_place_of_an_error_can_be_gone_to()
    {
        DefinitionError? chosen = null;
        ImmutableArray<DefinitionError> errors = [new("port", "is wrong.", "web", 3, 5), new("", "is empty.")];
        var list = Render<ErrorList>(p => p.Add(l => l.Errors, errors).Add(l => l.Chosen, e => chosen = e));
        list.Find("button").Click();
        Assert.Equal(errors[0], chosen);
        Assert.Contains("line 3, column 5", list.Find("button").TextContent);
        Assert.Contains("web.port", list.Find("code").TextContent);
        Assert.Single(list.FindAll("button"));
    }

    private sealed class NoAccounts : IAccounts
    {
        public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<Account?> FindAsync(string username, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<AccountReply> CreateAsync(NewAccount account, Doer by) => throw new NotSupportedException();

        public Task<AccountReply> UpdateAsync(string username, AccountChange change, Doer by) => throw new NotSupportedException();

        public Task<AccountReply> DeleteAsync(string username, Doer by) => throw new NotSupportedException();

        public Task<AccountReply> ChangePasswordAsync(string? current, string? next, Doer by) => throw new NotSupportedException();

        public string RandomPassword() => "random";
    }
}
