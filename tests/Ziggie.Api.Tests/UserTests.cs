using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class UserTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _admin = await _daemon.AdminAsync();
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task A_user_is_made_changed_and_removed()
    {
        var made = await _admin.PostAsync("/api/auth/users",
            new { username = "Ann", password = "a long password", email = "ann@example.org", full_name = "Ann Example", role = "user" });
        var ann = made.Ok(201);
        Assert.Equal("/api/auth/users/Ann", made.Headers.Location?.ToString());
        Assert.Equal(("Ann", "user", true), (ann.GetProperty("username").GetString(), ann.GetProperty("role").GetString(), ann.GetProperty("is_active").GetBoolean()));
        Assert.DoesNotContain("password", made.Text);

        var changed = (await _admin.PutAsync("/api/auth/users/ANN", new { role = "readonly" })).Ok();
        Assert.Equal(("readonly", "ann@example.org"), (changed.GetProperty("role").GetString(), changed.GetProperty("email").GetString()));

        var list = (await _admin.GetAsync("/api/auth/users")).Ok();
        Assert.Equal(["admin", "Ann"], list.GetProperty("users").EnumerateArray().Select(u => u.GetProperty("username").GetString()));
        Assert.Equal(2, list.GetProperty("count").GetInt32());

        (await _admin.DeleteAsync("/api/auth/users/ann")).Ok();
        (await _admin.DeleteAsync("/api/auth/users/ann")).Problem(404, "unknown_user");
        (await _admin.PutAsync("/api/auth/users/ann", new { role = "user" })).Problem(404, "unknown_user");
    }

    [Fact]
    public async Task What_does_not_fit_is_named()
    {
        (await _admin.PostAsync("/api/auth/users", new { username = "a b", password = "short", email = "x", role = "king", full_name = new string('x', 201) }))
            .Invalid("username", "password", "email", "role", "full_name");
        (await _admin.PostAsync("/api/auth/users", new { })).Invalid("username", "password");
        (await _admin.PostAsync("/api/auth/users", new { username = "Local", password = "a long password" })).Invalid("username");
        (await _admin.PutAsync("/api/auth/users/admin", new { password = "short" })).Invalid("password");
        (await _admin.PutAsync("/api/auth/users/admin", new { is_active = "no" })).Invalid("is_active");
        (await _admin.PostAsync("/api/auth/users", new { username = "ADMIN", password = "a long password" })).Problem(409, "conflict");
    }

    [Fact]
    public async Task The_last_active_admin_stays()
    {
        (await _admin.DeleteAsync("/api/auth/users/admin")).Problem(409, "last_admin");
        (await _admin.PutAsync("/api/auth/users/admin", new { role = "user" })).Problem(409, "last_admin");
        (await _admin.PutAsync("/api/auth/users/admin", new { is_active = false })).Problem(409, "last_admin");
        (await _admin.PostAsync("/api/auth/users", new { username = "idle", password = "a long password", role = "admin", is_active = false })).Ok(201);
        (await _admin.DeleteAsync("/api/auth/users/admin")).Problem(409, "last_admin");
        (await _admin.PutAsync("/api/auth/users/idle", new { is_active = true })).Ok();
        (await _admin.PutAsync("/api/auth/users/admin", new { role = "user" })).Ok();
        (await _admin.GetAsync("/api/services")).Problem(401, "unauthenticated");
    }

    [Fact]
    public async Task Two_admins_who_remove_each_other_at_once_leave_one()
    {
        (await _admin.PostAsync("/api/auth/users", new { username = "other", password = "a long password", role = "admin" })).Ok(201);
        var local = _daemon.Local();

        var statuses = (await Task.WhenAll(local.DeleteAsync("/api/auth/users/admin"), local.DeleteAsync("/api/auth/users/other")))
            .Select(a => a.Status).Order();

        Assert.Equal([200, 409], statuses);
    }

    [Theory]
    [InlineData("""{"role":"user"}""")]
    [InlineData("""{"is_active":false}""")]
    [InlineData("""{"password":"another password"}""")]
    public async Task A_change_ends_the_tokens_of_its_user(string change)
    {
        var ann = await _daemon.UserAsync("readonly");
        var name = (await ann.GetAsync("/api/auth/me")).Ok().GetProperty("username").GetString();

        (await _admin.SendAsync(HttpMethod.Put, $"/api/auth/users/{name}", ApiClient.Text(change))).Ok();

        (await ann.GetAsync("/api/auth/me")).Problem(401, "unauthenticated");
        (await _admin.GetAsync("/api/auth/me")).Ok();
    }

    [Fact]
    public async Task A_change_of_name_or_address_leaves_the_tokens()
    {
        var ann = await _daemon.UserAsync("readonly");
        var name = (await ann.GetAsync("/api/auth/me")).Ok().GetProperty("username").GetString();
        (await _admin.PutAsync($"/api/auth/users/{name}", new { full_name = "Ann" })).Ok();
        Assert.Equal("Ann", (await ann.GetAsync("/api/auth/me")).Ok().GetProperty("full_name").GetString());
    }

    [Fact]
    public async Task Somebody_inactive_cannot_sign_in()
    {
        (await _admin.PostAsync("/api/auth/users", new { username = "idle", password = "a long password", is_active = false })).Ok(201);
        (await _daemon.Anonymous().PostAsync("/api/auth/login", new { username = "idle", password = "a long password" })).Problem(401, "login_failed");
    }

    [Fact]
    public async Task Ones_own_password_is_changed_with_the_old_one()
    {
        var ann = await _daemon.UserAsync("readonly");
        var name = (await ann.GetAsync("/api/auth/me")).Ok().GetProperty("username").GetString()!;
        (await ann.PostAsync("/api/auth/change-password", new { current_password = "wrong", new_password = "another password" })).Invalid("current_password");
        (await ann.PostAsync("/api/auth/change-password", new { current_password = "a long password", new_password = "short" })).Invalid("new_password");

        var token = (await ann.PostAsync("/api/auth/change-password", new { current_password = "a long password", new_password = "another password" }))
            .Ok().GetProperty("access_token").GetString();

        (await ann.GetAsync("/api/auth/me")).Problem(401, "unauthenticated");
        ann.Token = token;
        (await ann.GetAsync("/api/auth/me")).Ok();
        await _daemon.SignInAsync(name, "another password");
        (await _daemon.Anonymous().PostAsync("/api/auth/login", new { username = name, password = "a long password" })).Problem(401, "login_failed");
    }
}
