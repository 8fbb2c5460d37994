using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>A user of this machine, by whichever directory the C library asks.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial record UserAccount(string Name, uint Id, uint Group, string Home)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Takes a name or a numeric id; null when there is no such user, or without descriptors or memory to look for it.</summary>
    /// <param name="nameOrId">Whom to look for.</param>
    /// <param name="shortage">Why nothing is known; 0 when it is.</param>
    public static unsafe UserAccount? Find(string nameOrId, out int shortage)
    {
        var buffer = NativeMemory.Alloc(BufferSize);
        try
        {
            var error = ByName(nameOrId, out var entry, buffer, BufferSize, out var result);
            var found = error == 0 && result != 0;
            if (!found && uint.TryParse(nameOrId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                error = ById(id, out entry, buffer, BufferSize, out result);
                found = error == 0 && result != 0;
            }
            shortage = Native.IsShortage(error) ? error : 0;
            return found
                ? new UserAccount(Text(entry.Name), entry.User, entry.Group, Text(entry.Home))
                : null;
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }

    private static string Text(nint value) => Marshal.PtrToStringUTF8(value) ?? "";

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int ByName(string name, out Entry entry, void* buffer, nint size, out nint result);

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static unsafe partial int ById(uint id, out Entry entry, void* buffer, nint size, out nint result);

    /// <summary>struct passwd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public nint Name;
        public nint Password;
        public uint User;
        public uint Group;
        public nint Comment;
        public nint Home;
        public nint Shell;
    }
}
