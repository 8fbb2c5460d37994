using Xunit;
using Ziggie.Api.Browser;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

/// <summary>Links that sign in once: the command, the route and what they open.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;

    public async Task InitializeAsync() => _daemon = await FakeDaemon.StartAsync();

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task The_command_prints_a_link_that_signs_in_once()
    {
        var (code, said, error) = await RunAsync();
        Assert.True(code == 0, error);
        var link = new Uri(said);
        Assert.Equal(_daemon.Address.Authority, link.Authority);

        using var first = new Support.Browser(_daemon);
        (await first.GetAsync(link.PathAndQuery)).LeadsTo("/");
        (await first.GetAsync("/users")).Shows("Users · Ziggie");
        using var second = new Support.Browser(_daemon);
        (await second.GetAsync(link.PathAndQuery)).LeadsTo("/sign-in?trouble=link");
        Assert.False(second.IsSignedIn);
        Assert.Contains(_daemon.History.Entries, e => e is { Kind: "signed_in", Who: "admin", Message: "admin signed in by a link." });
    }

    [Fact]
    public async Task A_named_user_is_signed_in_with_their_own_role()
    {
        await (await _daemon.AdminAsync()).PostAsync("/api/auth/users", new { username = "Rita", password = "a long password" });
        var (_, said, _) = await RunAsync("rita");
        using var browser = new Support.Browser(_daemon);
        (await browser.GetAsync(new Uri(said).PathAndQuery)).LeadsTo("/");
        Assert.Equal(403, (await browser.GetAsync("/users")).Status);
    }

    [Fact]
    public async Task Users_who_are_not_there_or_not_active_get_none()
    {
        var admin = await _daemon.AdminAsync();
        await admin.PostAsync("/api/auth/users", new { username = "idle", password = "a long password", is_active = false });
        foreach (var name in (string[])["nobody", "idle"])
        {
            var (code, said, error) = await RunAsync(name);
            Assert.Equal(1, code);
            Assert.Empty(said);
            Assert.Contains($"There is no active user '{name}'.", error);
            (await admin.PostAsync($"/api/auth/link?user={name}")).Problem(404, "unknown_user");
        }
    }

    [Fact]
    public async Task A_link_ends_with_its_user()
    {
        var admin = await _daemon.AdminAsync();
        await admin.PostAsync("/api/auth/users", new { username = "rita", password = "a long password" });
        var link = (await admin.PostAsync("/api/auth/link?user=rita")).Ok(201).GetProperty("link").GetString()!;
        (await admin.PutAsync("/api/auth/users/rita", new { is_active = false })).Ok();
        using var browser = new Support.Browser(_daemon);
        (await browser.GetAsync(new Uri(link).PathAndQuery)).LeadsTo("/sign-in?trouble=link");
    }

    [Fact]
    public async Task A_look_ahead_does_not_use_it_up()
    {
        var (_, said, _) = await RunAsync();
        using var browser = new Support.Browser(_daemon);
        Assert.Equal(503, (await browser.GetAsync(new Uri(said).PathAndQuery, ("Sec-Purpose", "prefetch;prerender"))).Status);
        (await browser.GetAsync(new Uri(said).PathAndQuery)).LeadsTo("/");
    }

    [Fact]
    public void A_link_is_good_for_an_hour()
    {
        var time = new SetClock();
        var links = new SignInLinks(time);
        var (early, late) = (CodeOf(links.Make("ann")), CodeOf(links.Make("ann")));
        time.Now += SignInLinks.Lifetime - TimeSpan.FromSeconds(1);
        Assert.Equal("ann", links.Use(early));
        Assert.Null(links.Use(early));
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Null(links.Use(late));
        Assert.Null(links.Use(null));
        Assert.Null(links.Use("nonsense"));
    }

    [Fact]
    public async Task Only_admins_make_links()
    {
        (await _daemon.Anonymous().PostAsync("/api/auth/link")).Problem(401, "unauthenticated");
        (await (await _daemon.UserAsync("user")).PostAsync("/api/auth/link")).Problem(403, "forbidden");
        var made = (await _daemon.Local().PostAsync("/api/auth/link")).Ok(201);
        Assert.Equal(("admin", 3600), (made.GetProperty("username").GetString(), made.GetProperty("expires_in").GetInt32()));
    }

    [Fact]
    public async Task Without_a_daemon_the_command_says_so()
    {
        using var home = new TempFolder();
        var (code, said, error) = await RunAsync(null, home.Path);
        Assert.Equal(1, code);
        Assert.Empty(said);
        Assert.Contains($"No daemon runs with the home {home.Path}", error);
    }

    private Task<(int Code, string Said, string Error)> RunAsync(string? user = null) => RunAsync(user, _daemon.Home);

    private static async Task<(int Code, string Said, string Error)> RunAsync(string? user, string home)
    {
        using var said = new StringWriter();
        using var error = new StringWriter();
        string[] args = user is null ? ["link", $"--ZIGGIE_HOME={home}"] : ["link", user, $"--ZIGGIE_HOME={home}"];
        var code = await ZiggieProgram.RunAsync(args, (_, _) => { }, said, error).WaitAsync(Wait.Limit);
        return (code, said.ToString().Trim(), error.ToString());
    }

    private static string CodeOf(string path) => path[(path.IndexOf('=') + 1)..];

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
