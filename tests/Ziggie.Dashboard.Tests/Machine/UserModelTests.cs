using Xunit;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Model.Users;
using Ziggie.Persistence.Users;

namespace Ziggie.Dashboard.Tests.Machine;

public sealed class UserModelTests
{
    private static readonly Account Ann = new() { Id = 1, Username = "ann", FullName = "Ann", Role = UserRole.User };

    [Fact]
    public void Only_what_differs_is_changed()
    {
        Assert.Equal(new AccountChange(), UserDraft.Of(Ann).ToChange());
        var draft = UserDraft.Of(Ann);
        (draft.FullName, draft.Email, draft.Role, draft.IsActive) = (" ", "ann@example.org ", "admin", false);
        Assert.Equal(new AccountChange(null, "ann@example.org", "", "admin", false), draft.ToChange());
    }

    [Fact]
    public void A_new_user_has_what_was_filled_in()
    {
        var draft = UserDraft.New("a long password");
        draft.Username = " bob ";
        Assert.Equal(new NewAccount("bob", "a long password", null, null, "readonly", true), draft.ToNew());
    }

    [Fact]
    public void What_was_typed_comes_back_without_the_password_and_not_for_somebody_else()
    {
        var typed = UserDraft.New("a long password");
        (typed.Username, typed.FullName, typed.Email, typed.Role, typed.IsActive) = ("bob", "Bob", "b@example.org", "user", false);
        Assert.DoesNotContain("a long password", System.Text.Json.JsonSerializer.Serialize(typed.Text()));
        Assert.Equal(new NewAccount("bob", "another password", "b@example.org", "Bob", "user", false), UserDraft.New("another password").With(typed.Text()).ToNew());
        Assert.Equal("ann", UserDraft.Of(Ann).With(typed.Text()).Username);
    }
}
