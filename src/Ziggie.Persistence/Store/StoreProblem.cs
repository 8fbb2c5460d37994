namespace Ziggie.Persistence;

/// <summary>What is wrong with the store.</summary>
public enum StoreProblem
{
    Configuration,
    NotWritable,
    NotADatabase,
    Foreign,
    Truncated,
    Damaged,
    Newer,
    DiskFull,
    Busy,
    Unreachable,
    BackupInvalid,
    Other,
}
