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
}
