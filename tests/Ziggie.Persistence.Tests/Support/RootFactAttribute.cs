namespace Ziggie.Persistence.Tests.Support;

/// <summary>A test that mounts a file system.</summary>
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!CanMount()) Skip = "Needs root and the right to mount a tmpfs.";
    }

    private static bool CanMount()
    {
        if (!Commands.IsRoot) return false;
        try
        {
            using var mount = new Tmpfs("64k");
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
