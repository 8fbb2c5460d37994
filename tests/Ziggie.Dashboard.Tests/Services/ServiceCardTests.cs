using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Model.Services;
using Ziggie.Dashboard.Parts;

namespace Ziggie.Dashboard.Tests.Services;

/// <summary>What a card says and offers.</summary>
public sealed class ServiceCardTests : BunitContext
{
    private readonly GivenCommands _control = new();

    public ServiceCardTests()
    {
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IServiceControl>(_control).AddSingleton<IServiceFeed>(new ServiceFeed());
        Services.AddSingleton<ISessionCheck>(new AlwaysCurrent());
        Services.AddSingleton<IDaemonControl>(new FakeDaemonControl());
        Services.AddScoped<ServiceCommander>().AddScoped<DaemonRestart>();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_failed_service_says_how_it_ended_why_and_when_it_is_tried_again()
    {
        var card = Show(Views.Of("web") with
        {
            Status = ServiceStatus.Failed,
            Phase = Phase.Backoff,
            Reason = "Exited with code 7 after 3ms.",
            LastExit = new LastExit(7, null, DateTimeOffset.UnixEpoch),
            NextRestartAt = DateTimeOffset.FromUnixTimeMilliseconds(12_345),
        }, Visitor.Admin);
        Assert.Contains("Failed", card.Find(".z-phase b").TextContent);
        Assert.Contains("exit 7", card.Find(".z-phase").TextContent);
        Assert.Equal("12345", card.Find("z-time").GetAttribute("until"));
        Assert.Equal("Exited with code 7 after 3ms.", card.Find(".z-reason").TextContent);
    }

    [Fact]
    public void A_death_by_a_signal_is_named() =>
        Assert.Contains("SIGKILL", Show(Views.Of("web") with { Phase = Phase.Failed, Status = ServiceStatus.Failed, LastExit = new LastExit(null, 9, default) }, Visitor.Admin).Find(".z-phase").TextContent);

    [Theory]
    [InlineData(Visitor.ReadOnly, false)]
    [InlineData(Visitor.User, true)]
    [InlineData(Visitor.Admin, true)]
    public void Only_who_may_operate_is_offered_to(string role, bool offered)
    {
        var card = Show(Views.Of("web"), role);
        Assert.Equal(offered, card.FindAll("button[aria-label='Start web']").Count == 1);
        Assert.Equal(offered, card.FindAll("input[type=checkbox]").Count == 1);
        Assert.Single(card.FindAll("a[aria-label='Logs of web']"));
    }

    [Fact]
    public void What_runs_can_be_stopped_and_what_does_not_can_be_started()
    {
        Assert.Empty(Show(Views.Running("web"), Visitor.User).FindAll("button[aria-label='Start web']"));
        Assert.Single(Show(Views.Running("web"), Visitor.User).FindAll("button[aria-label='Stop web']"));
        // It would come back by itself.
        Assert.Single(Show(Views.Of("web") with { Phase = Phase.Backoff, Status = ServiceStatus.Failed }, Visitor.User).FindAll("button[aria-label='Stop web']"));
    }

    [Fact]
    public void The_daemon_itself_is_not_started_or_stopped_here()
    {
        Assert.Equal("Restart control-center-backend", Assert.Single(Show(Views.Running("control-center-backend"), Visitor.Admin).FindAll("button")).GetAttribute("aria-label"));
        Assert.Empty(Show(Views.Running("control-center-backend"), Visitor.User).FindAll("button"));
    }

    [Fact]
    public void A_click_gives_the_command_in_the_visitors_name()
    {
        AddAuthorization().SetAuthorized("ann").SetClaims(new System.Security.Claims.Claim("role", Visitor.User));
        var card = Show(Views.Of("web"), Visitor.User);
        card.Find("button[aria-label='Start web']").Click();
        Assert.Equal(["start web by ann"], _control.Given);
    }

    [Fact]
    public void What_takes_long_to_start_can_be_stopped_meanwhile_and_is_not_started_twice()
    {
        AddAuthorization().SetAuthorized("ann").SetClaims(new System.Security.Claims.Claim("role", Visitor.User));
        _control.Starting = new();
        var card = Show(Views.Of("web"), Visitor.User);
        card.Find("button[aria-label='Start web']").Click();
        Assert.Equal("true", card.Find("button[aria-label='Start web']").GetAttribute("aria-disabled"));
        card.Find("button[aria-label='Start web']").Click();

        card.Render(p => p.Add(c => c.Row, new ServiceRow(Views.Of("web") with { Phase = Phase.Starting }, null)));
        card.Find("button[aria-label='Stop web']").Click();
        Assert.Equal(["start web by ann", "stop web by ann"], _control.Given);
        _control.Starting.SetResult(new CommandReply.Refused(RefusalCode.Superseded, "Stopped."));
    }

    [Fact]
    public void All_in_view_are_selected_at_once()
    {
        var asked = 0;
        var bar = Render<BulkBar>(p => p.Add(b => b.Count, 2).Add(b => b.Shown, 40).Add(b => b.All, () => asked++).Add(b => b.Act, _ => { }).Add(b => b.Clear, () => { }));
        bar.FindAll("button").Single(button => button.TextContent == "Select all 40 shown").Click();
        Assert.Equal(1, asked);
        bar.Render(p => p.Add(b => b.Count, 40));
        Assert.DoesNotContain("Select all", bar.Markup);
    }

    [Fact]
    public void A_page_that_offers_too_much_is_refused_all_the_same()
    {
        AddAuthorization().SetAuthorized("eve").SetClaims(new System.Security.Claims.Claim("role", Visitor.ReadOnly));
        var card = Show(Views.Of("web"), Visitor.Admin);
        card.Find("button[aria-label='Start web']").Click();
        Assert.Empty(_control.Given);
    }

    private IRenderedComponent<ServiceCard> Show(ServiceView view, string role)
    {
        if (!Services.Any(s => s.ServiceType == typeof(Microsoft.AspNetCore.Components.Authorization.AuthenticationStateProvider))) AddAuthorization();
        return Render<ServiceCard>(card => card.Add(c => c.Row, new ServiceRow(view, null)).AddCascadingValue(new Visitor("somebody", role)));
    }

    private sealed class AlwaysCurrent : ISessionCheck
    {
        public event Action? Changed { add { } remove { } }

        public ValueTask<bool> IsCurrentAsync(System.Security.Claims.ClaimsPrincipal user) => ValueTask.FromResult(true);
    }
}
