using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class AuthTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _daemon.Services.Add("web");
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task Signing_in_gives_a_token_for_a_day()
    {
        var answer = (await _daemon.Anonymous().PostAsync("/api/auth/login", new { username = "ADMIN", password = Daemon.AdminPassword })).Ok();

        Assert.Equal(["access_token", "token_type", "expires_in"], answer.EnumerateObject().Select(p => p.Name));
        Assert.Equal("bearer", answer.GetProperty("token_type").GetString());
        Assert.Equal(86400, answer.GetProperty("expires_in").GetInt32());
        var me = (await _daemon.Anonymous().GetAsync("/api/auth/me", ("Authorization", $"Bearer {answer.GetProperty("access_token").GetString()}"))).Ok();
        Assert.Equal(["success", "id", "username", "email", "full_name", "role", "is_active", "created_at", "last_login"],
            me.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("admin", "admin"), (me.GetProperty("username").GetString(), me.GetProperty("role").GetString()));
        Assert.EndsWith("Z", me.GetProperty("last_login").GetString());
    }

    [Fact]
    public async Task The_form_signs_in_as_oauth_has_it()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = "admin",
            ["password"] = Daemon.AdminPassword,
        });

        // Swagger's page sends an empty client's credentials along.
        var answer = await _daemon.Anonymous().SendAsync(HttpMethod.Post, "/api/auth/login/form", form, ("Authorization", "Basic Og=="));

        Assert.Equal("bearer", answer.Ok().GetProperty("token_type").GetString());
    }

    [Fact]
    public async Task The_form_refuses_as_the_other_one_does()
    {
        var client = _daemon.Anonymous();
        (await client.SendAsync(HttpMethod.Post, "/api/auth/login/form", ApiClient.Text("{}"))).Problem(415, "unsupported_media_type");
        (await client.SendAsync(HttpMethod.Post, "/api/auth/login/form", Form("username=admin&password=wrong"))).Problem(401, "login_failed");
        (await client.SendAsync(HttpMethod.Post, "/api/auth/login/form", Form("grant_type=code&username=a&password=b"))).Invalid("grant_type");
        (await client.SendAsync(HttpMethod.Post, "/api/auth/login/form", Form("username=admin"))).Invalid("password");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_look_alike()
    {
        var client = _daemon.Anonymous();
        var wrong = await client.PostAsync("/api/auth/login", new { username = "admin", password = "wrong" });
        var unknown = await client.PostAsync("/api/auth/login", new { username = "nobody", password = "wrong" });

        wrong.Problem(401, "login_failed");
        Assert.Equal(wrong.Text, unknown.Text);
        (await client.PostAsync("/api/auth/login", new { username = "admin" })).Invalid("password");
        (await client.PostAsync("/api/auth/login", new { username = "admin", password = 1 })).Invalid("password");
        (await client.SendAsync(HttpMethod.Post, "/api/auth/login", ApiClient.Text("{"))).Problem(400, "malformed_json");
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer ")]
    [InlineData("Basic Og==")]
    [InlineData("nonsense")]
    public async Task A_token_that_is_no_good_is_refused_even_where_none_is_needed(string header)
    {
        foreach (var path in (string[])["/api/services", "/api/services/web/status", "/api/services/web", "/api/auth/me"])
        {
            var answer = await _daemon.Anonymous().GetAsync(path, ("Authorization", header));
            answer.Problem(401, "unauthenticated");
            Assert.Contains(answer.Headers.WwwAuthenticate, h => h.Scheme == "Bearer");
        }
    }

    [Fact]
    public async Task Tokens_of_another_key_or_algorithm_or_past_are_refused()
    {
        var good = (await _daemon.AdminAsync()).Token!;
        var parts = good.Split('.');
        var unsigned = $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
        var foreign = $"{parts[0]}.{parts[1]}.{Encode("0123456789012345678901234567890123456789")}";
        var promoted = $"{parts[0]}.{Encode(Decode(parts[1]).Replace("\"admin\"", "\"Admin\""))}.{parts[2]}";
        foreach (var token in (string[])[unsigned, foreign, promoted, await PastAsync(good)])
            (await _daemon.Anonymous().GetAsync("/api/services", ("Authorization", $"Bearer {token}"))).Problem(401, "unauthenticated");
    }

    [Fact]
    public async Task Without_a_token_only_the_list_and_the_states_are_open()
    {
        var client = _daemon.Anonymous();
        (await client.GetAsync("/api/services")).Ok();
        (await client.GetAsync("/api/services/web/status")).Ok();
        foreach (var (method, path) in ((string, string)[])[
            ("GET", "/api/services/web"), ("GET", "/api/services/web/logs"), ("POST", "/api/services"), ("PUT", "/api/services/web"),
            ("DELETE", "/api/services/web"), ("POST", "/api/services/web/start"), ("POST", "/api/services/web/stop"),
            ("POST", "/api/services/web/restart"), ("POST", "/api/services/web/signal"), ("GET", "/api/auth/me"), ("GET", "/api/auth/users"),
            ("POST", "/api/auth/users"), ("PUT", "/api/auth/users/admin"), ("DELETE", "/api/auth/users/admin"),
            ("POST", "/api/auth/change-password")])
        {
            var answer = await client.SendAsync(new HttpMethod(method), path, null);
            answer.Problem(401, "unauthenticated");
            Assert.Contains(answer.Headers.WwwAuthenticate, h => h.Scheme == "Bearer");
        }

        Assert.Empty(_daemon.Services.Heard);
        Assert.Equal("""{"status":"ok"}""", (await client.GetAsync("/health/live")).Text);
        Assert.Equal("""{"status":"ready"}""", (await client.GetAsync("/health/ready")).Text);
    }

    [Fact]
    public async Task A_proxy_on_this_machine_does_not_open_what_is_open_to_this_machine() =>
        (await _daemon.Anonymous().GetAsync("/api/services", ("X-Forwarded-For", "203.0.113.7"))).Problem(401, "unauthenticated");

    [Theory]
    [InlineData("readonly", 200, 403, 403)]
    [InlineData("user", 200, 200, 403)]
    [InlineData("admin", 200, 200, 200)]
    public async Task Each_role_may_do_its_part(string role, int read, int operate, int administer)
    {
        var client = await _daemon.UserAsync(role);
        foreach (var path in (string[])["/api/services", "/api/services/web", "/api/services/web/status", "/api/services/web/logs", "/api/auth/me"])
            Assert.Equal((path, read), (path, (await client.GetAsync(path)).Status));
        foreach (var verb in (string[])["start", "stop", "restart", "signal?signal=HUP"])
            Expect(operate, await client.PostAsync($"/api/services/web/{verb}"));
        Expect(administer, await client.GetAsync("/api/auth/users"));
        Expect(administer, await client.PutAsync("/api/services/web", new { command = "x" }));
        Expect(administer, await client.DeleteAsync("/api/services/web?force=true"));
        var created = await client.PostAsync("/api/services", new { name = "x", command = "x" });
        Assert.Equal(administer == 200 ? 201 : 403, created.Status);
    }

    [Fact]
    public async Task The_socket_in_the_home_is_the_owner()
    {
        var local = _daemon.Local();

        var me = (await local.GetAsync("/api/auth/me")).Ok();
        (await local.PostAsync("/api/services/web/start")).Ok();

        Assert.Equal(("local", "admin"), (me.GetProperty("username").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal(["start web by local"], _daemon.Services.Heard);
        local.Token = "nonsense";
        (await local.GetAsync("/api/services")).Problem(401, "unauthenticated");
        (await _daemon.Local().PostAsync("/api/auth/change-password", new { current_password = "x", new_password = "long enough" }))
            .Problem(400, "no_account");
    }

    [Fact]
    public async Task With_none_nothing_is_open_but_signing_in()
    {
        await using var daemon = await FakeDaemon.StartAsync("--Auth:Anonymous=none");
        (await daemon.Anonymous().GetAsync("/api/services")).Problem(401, "unauthenticated");
        (await (await daemon.AdminAsync()).GetAsync("/api/services")).Ok();
        (await daemon.Anonymous().GetAsync("/health/live")).Ok();
    }

    [Fact]
    public async Task With_all_this_machine_may_do_everything()
    {
        await using var daemon = await FakeDaemon.StartAsync("--Auth:Anonymous=all");
        daemon.Services.Add("web");
        (await daemon.Anonymous().PostAsync("/api/services/web/start")).Ok();
        Assert.Equal("anonymous", (await daemon.Anonymous().GetAsync("/api/auth/me")).Ok().GetProperty("username").GetString());
        Assert.Equal(["start web by anonymous"], daemon.Services.Heard);
        (await daemon.Anonymous().GetAsync("/api/auth/me", ("X-Forwarded-For", "203.0.113.7"))).Problem(401, "unauthenticated");
    }

    private static void Expect(int status, Answer answer)
    {
        if (status == 403) Assert.Contains("role", answer.Problem(403, "forbidden").GetProperty("detail").GetString());
        else answer.Ok(status);
    }

    // Signed by the daemon's own key, with the claims of a good token, as they would have been two days ago.
    private async Task<string> PastAsync(string good)
    {
        var key = File.ReadAllText(Path.Combine(_daemon.Home, "keys", "jwt.key"));
        var claims = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Decode(good.Split('.')[1]))!;
        var credentials = new SigningCredentials(new SymmetricSecurityKey(Convert.FromBase64String(key)), "HS256");
        string Token(DateTime expires) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "ziggie",
            Audience = "ziggie",
            NotBefore = DateTime.UtcNow.AddDays(-2),
            Expires = expires,
            Claims = new[] { "name", "role", "stamp" }.ToDictionary(c => c, c => (object)claims[c].GetString()!),
            SigningCredentials = credentials,
        });
        // The same with a later end is good: it is the time alone that is wrong with it.
        (await _daemon.Anonymous().GetAsync("/api/auth/me", ("Authorization", $"Bearer {Token(DateTime.UtcNow.AddDays(1))}"))).Ok();
        return Token(DateTime.UtcNow.AddDays(-1));
    }

    private static StringContent Form(string text) => ApiClient.Text(text, "application/x-www-form-urlencoded");

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Decode(string text)
    {
        var base64 = text.Replace('-', '+').Replace('_', '/');
        return Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
    }
}
