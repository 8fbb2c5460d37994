using System.Security.Cryptography;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Auth;

/// <summary>The secret that signs tokens: made at first start, for the owner's eyes alone.</summary>
internal sealed record JwtKey(byte[] Bytes)
{
    private const int Size = 64;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static JwtKey LoadOrCreate(string path)
    {
        try
        {
            if (!File.Exists(path)) Create(path);
            else if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, OwnerOnly);
            var bytes = Convert.FromBase64String(File.ReadAllText(path).Trim());
            if (bytes.Length >= 32) return new JwtKey(bytes);
        }
        catch (FormatException)
        {
            // Said below.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StartRefusedException.BadSetting($"The key {path} cannot be read: {e.Message}");
        }

        throw StartRefusedException.BadSetting(
            $"The key {path} is damaged. Delete it to have a new one made; everybody must then sign in again.");
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        var temporary = path + ".new";
        using (var writer = new StreamWriter(temporary, options))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size)));
        File.Move(temporary, path);
    }
}
