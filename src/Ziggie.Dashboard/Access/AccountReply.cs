namespace Ziggie.Dashboard.Access;

/// <summary>What came of a change of users. A closed set.</summary>
public abstract record AccountReply
{
    private AccountReply() { }

    /// <param name="Account">After the change; before it for one that was removed.</param>
    public sealed record Done(Account Account) : AccountReply;

    /// <param name="Errors">By field, in snake_case.</param>
    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : AccountReply;

    /// <param name="Why">What stands against it.</param>
    /// <param name="Detail">A sentence.</param>
    public sealed record Refused(AccountRefusal Why, string Detail) : AccountReply;
}

/// <summary>Why users were not changed.</summary>
public enum AccountRefusal
{
    Taken,
    Unknown,
    LastAdmin,

    /// <summary>Who asks is in no table of users.</summary>
    NoAccount,

    /// <summary>The daemon is stopping.</summary>
    Stopping,
}
