using Ziggie.Api.Contracts;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Http;

/// <summary>Makes problems of changes of users that did not come about.</summary>
internal static class AccountReplies
{
    /// <summary>Null when it came about.</summary>
    public static Problem? ProblemOf(AccountReply reply) => reply switch
    {
        AccountReply.Invalid invalid => Problems.InvalidParameters(invalid.Errors),
        AccountReply.Refused { Why: AccountRefusal.Taken } refused => Problems.Conflict(refused.Detail),
        AccountReply.Refused { Why: AccountRefusal.LastAdmin } refused => Problems.Create(409, "last_admin", refused.Detail),
        AccountReply.Refused { Why: AccountRefusal.NoAccount } refused => Problems.Create(400, "no_account", refused.Detail),
        AccountReply.Refused { Why: AccountRefusal.Stopping } => Problems.Stopping(),
        AccountReply.Refused refused => Problems.Create(404, "unknown_user", refused.Detail),
        _ => null,
    };
}
