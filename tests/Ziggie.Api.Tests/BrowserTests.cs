using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

/// <summary>How browsers sign in to the dashboard, and what their cookie is good for.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;
    private Support.Browser _browser = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync("--Auth:Anonymous=none");
        _daemon.Services.Add("web");
        _browser = new Support.Browser(_daemon);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _daemon.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "/sign-in")]
    [InlineData("/history?kind=problems", "/sign-in?return=%2Fhistory%3Fkind%3Dproblems")]
    [InlineData("/users", "/sign-in?return=%2Fusers")]
    public async Task Without_a_session_pages_lead_to_the_sign_in(string page, string expected) => (await _browser.GetAsync(page)).LeadsTo(expected);

    [Fact]
    public async Task The_form_signs_in_and_leads_on()
    {
        (await _browser.SignInAsync("admin", Daemon.AdminPassword, "/graph")).LeadsTo("/graph");

        Assert.True(_browser.IsSignedIn);
        (await _browser.GetAsync("/")).Shows("Services · Ziggie");
        var cookie = Assert.Single(_browser.Cookies.GetCookies(_daemon.Address), c => c.Name == $"ziggie-{_daemon.Address.Port}");
        Assert.True(cookie.HttpOnly);
        Assert.True(cookie.Expires > DateTime.Now.AddHours(23) && cookie.Expires < DateTime.Now.AddHours(25));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task The_form_leads_nowhere_else(string target) =>
        (await _browser.SignInAsync("admin", Daemon.AdminPassword, target)).LeadsTo("/");

    [Fact]
    public async Task A_wrong_password_leads_back_with_the_name()
    {
        (await _browser.SignInAsync("admin", "wrong", "/users")).LeadsTo("/sign-in?trouble=password&return=%2Fusers&user=admin");
        Assert.False(_browser.IsSignedIn);
        (await _browser.GetAsync("/sign-in?trouble=password&user=admin")).Shows("The user name or the password is wrong.");
        Assert.Contains(_daemon.History.Entries, e => e is { Kind: "sign_in_failed", Who: "admin" });
    }

    [Fact]
    public async Task A_form_that_comes_from_nowhere_is_refused()
    {
        (await _browser.PostAsync(null, "/sign-in/password", ("username", "admin"), ("password", Daemon.AdminPassword))).LeadsTo("/sign-in?trouble=expired");
        Assert.False(_browser.IsSignedIn);
    }

    [Fact]
    public async Task Passwords_cannot_be_tried_out()
    {
        await using var daemon = await FakeDaemon.StartAsync("--RateLimits:Enabled=true", "--RateLimits:login=2");
        using var browser = new Support.Browser(daemon);
        for (var i = 0; i < 2; i++) (await browser.SignInAsync("admin", "wrong")).LeadsTo("/sign-in?trouble=password&user=admin");
        (await browser.SignInAsync("admin", Daemon.AdminPassword)).LeadsTo("/sign-in?trouble=limit");
        (await browser.GetAsync("/sign-in?trouble=limit")).Shows("Too many attempts");
    }

    [Fact]
    public async Task The_cookie_counts_for_pages_and_downloads_and_never_for_commands()
    {
        await _browser.SignInAsync("admin", Daemon.AdminPassword);

        (await _browser.GetAsync("/users")).Shows("Users · Ziggie");
        (await _browser.GetAsync("/configuration")).Shows("Configuration · Ziggie");
        // A download takes a token in the query too, so that a browser can open it.
        Assert.NotEqual(401, (await _browser.GetAsync("/api/services/web/logs/download")).Status);
        foreach (var (method, path, body) in new (HttpMethod, string, string?)[]
        {
            (HttpMethod.Get, "/api/services", null), (HttpMethod.Post, "/api/services/web/start", null), (HttpMethod.Delete, "/api/services/web", null),
            (HttpMethod.Post, "/api/services", """{"name":"x","command":"true"}"""), (HttpMethod.Post, "/api/auth/link", null), (HttpMethod.Get, "/metrics", null),
        })
        {
            var answer = await _browser.SendAsync(method, path, body);
            Assert.True(answer.Status == 401, $"{method} {path}: {answer.Status} {answer.Text}");
        }
        Assert.Empty(_daemon.Services.Heard);
    }

    [Fact]
    public async Task Pages_of_others_may_not_use_it()
    {
        await _browser.SignInAsync("admin", Daemon.AdminPassword);
        Assert.Equal(403, (await _browser.GetAsync("/", ("Origin", "https://evil.example"))).Status);
        Assert.Equal(403, (await _browser.SendAsync(HttpMethod.Post, "/account/password", null, ("Origin", "https://evil.example"))).Status);
        Assert.Equal(403, (await _browser.SendAsync(HttpMethod.Post, "/sign-in/password", null, ("Origin", "https://evil.example"))).Status);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_back_and_ends_the_session_wherever_it_is_used()
    {
        await _browser.SignInAsync("admin", Daemon.AdminPassword);
        var cookie = _browser.Cookies.GetCookieHeader(_daemon.Address);
        using var copy = new Support.Browser(_daemon);
        copy.Cookies.SetCookies(_daemon.Address, cookie.Replace("; ", ","));
        Assert.Equal(200, (await copy.GetAsync("/")).Status);

        // Whoever asks is out, also with a form that was open for too long.
        (await _browser.PostAsync(null, "/sign-out")).LeadsTo("/sign-in");

        Assert.False(_browser.IsSignedIn);
        (await _browser.GetAsync("/")).LeadsTo("/sign-in");
        (await copy.GetAsync("/")).LeadsTo("/sign-in");
    }

    [Fact]
    public async Task Who_reads_sees_pages_but_not_those_of_admins()
    {
        await (await _daemon.AdminAsync()).PostAsync("/api/auth/users", new { username = "rita", password = "a long password" });
        await _browser.SignInAsync("rita", "a long password");

        foreach (var page in (string[])["/", "/history", "/host", "/graph", "/account"]) Assert.Equal(200, (await _browser.GetAsync(page)).Status);
        foreach (var page in (string[])["/users", "/configuration"])
        {
            var seen = await _browser.GetAsync(page);
            Assert.Equal(403, seen.Status);
            Assert.Contains("This page is for admins", seen.Text);
        }
        Assert.Equal(403, (await _browser.PostAsync("/", "/configuration/export")).Status);
    }

    [Fact]
    public async Task A_changed_role_ends_the_session()
    {
        var admin = await _daemon.AdminAsync();
        await admin.PostAsync("/api/auth/users", new { username = "rita", password = "a long password" });
        await _browser.SignInAsync("rita", "a long password");
        (await admin.PutAsync("/api/auth/users/rita", new { role = "user" })).Ok();
        (await _browser.GetAsync("/")).LeadsTo("/sign-in");
    }

    [Fact]
    public async Task Who_changes_the_own_password_stays_signed_in_and_the_other_sessions_end()
    {
        await (await _daemon.AdminAsync()).PostAsync("/api/auth/users", new { username = "rita", password = "a long password" });
        using var other = new Support.Browser(_daemon);
        await other.SignInAsync("rita", "a long password");
        await _browser.SignInAsync("rita", "a long password");

        (await Change("wrong", "another password", "another password")).LeadsTo("/account?trouble=current");
        (await Change("a long password", "short", "short")).LeadsTo("/account?trouble=new");
        (await Change("a long password", "another password", "another passwort")).LeadsTo("/account?trouble=again");
        (await _browser.PostAsync(null, "/account/password", ("current", "a long password"), ("new", "another password"), ("again", "another password")))
            .LeadsTo("/account?trouble=expired");
        (await other.GetAsync("/account")).Shows("Change my password");

        (await Change("a long password", "another password", "another password")).LeadsTo("/account?done=password");

        (await _browser.GetAsync("/account?done=password")).Shows("The password was changed");
        (await other.GetAsync("/account")).LeadsTo("/sign-in?return=%2Faccount");
        Assert.Single(_daemon.History.Entries, e => e is { Kind: "password_changed", Who: "rita", Address: "127.0.0.1" });
        await _daemon.SignInAsync("rita", "another password");

        Task<Seen> Change(string current, string next, string again) =>
            _browser.PostAsync("/account", "/account/password", ("current", current), ("new", next), ("again", again));
    }

    [Fact]
    public async Task Nobody_changes_a_password_without_a_session() =>
        (await _browser.PostAsync("/sign-in", "/account/password", ("current", "x"), ("new", "another password"), ("again", "another password")))
            .LeadsTo("/sign-in?return=%2Faccount");

    [Fact]
    public async Task Scripts_and_styles_need_no_session()
    {
        foreach (var file in (string[])["ziggie.css", "machine.css", "machine.js", "icon.svg"])
            Assert.Equal(200, (await _browser.GetAsync($"/_content/Ziggie.Dashboard/{file}")).Status);
        Assert.Equal(200, (await _browser.GetAsync("/_framework/blazor.web.js")).Status);
    }
}
