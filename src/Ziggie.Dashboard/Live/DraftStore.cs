using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.JSInterop;
using Ziggie.Dashboard.Model.Service.Form;
using Ziggie.Dashboard.Model.Users;

namespace Ziggie.Dashboard.Live;

/// <summary>
/// Keeps what was typed in the browser's tab, so that it outlives the daemon's restart under the open page. Encrypted with a key of the
/// home: a password that was typed lies nowhere in the clear.
/// </summary>
public sealed class DraftStore(ProtectedSessionStorage storage)
{
    // No service can be called so.
    private const string UserName = "+user";

    /// <summary>Null when there is none, or none that can be read any more.</summary>
    public Task<DefinitionDraft?> FindAsync(string name) => FindAsync<DefinitionDraft>(name);

    /// <summary>The same of a user; null likewise.</summary>
    public Task<UserText?> FindUserAsync() => FindAsync<UserText>(UserName);

    public Task SaveUserAsync(UserText text) => TryAsync(storage.SetAsync(KeyOf(UserName), text));

    public Task ForgetUserAsync() => ForgetAsync(UserName);

    public Task SaveAsync(string name, DefinitionDraft draft) =>
        draft.Length > DefinitionDraft.MostCharacters ? ForgetAsync(name) : TryAsync(storage.SetAsync(KeyOf(name), draft));

    public Task ForgetAsync(string name) => TryAsync(storage.DeleteAsync(KeyOf(name)));

    private static string KeyOf(string name) => $"ziggie-draft-{name}";

    private async Task<T?> FindAsync<T>(string name) where T : class
    {
        try
        {
            return (await storage.GetAsync<T>(KeyOf(name))).Value;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException || IsGone(e))
        {
            return null;
        }
    }

    private static async Task TryAsync(ValueTask change)
    {
        try
        {
            await change;
        }
        catch (Exception e) when (IsGone(e))
        {
            // Without a browser, or in one without storage, there is no draft.
        }
    }

    private static bool IsGone(Exception e) => e is JSException or JSDisconnectedException or InvalidOperationException or OperationCanceledException;
}
