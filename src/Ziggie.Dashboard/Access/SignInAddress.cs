using Microsoft.AspNetCore.Components;

namespace Ziggie.Dashboard.Access;

/// <summary>The sign-in page, which leads back to where one was.</summary>
public static class SignInAddress
{
    public const string Page = "/sign-in";

    /// <summary>Where the page sends a name and a password.</summary>
    public const string Form = "/sign-in/password";

    public static string For(NavigationManager navigation) => For("/" + navigation.ToBaseRelativePath(navigation.Uri));

    public static string For(string pathAndQuery) =>
        pathAndQuery is "/" or "" ? Page : $"{Page}?return={Uri.EscapeDataString(pathAndQuery)}";

    /// <summary>Where to go after signing in: a page of this daemon, whatever the address asks for.</summary>
    public static string Safe(string? asked) =>
        asked is { Length: > 1 } && asked[0] == '/' && asked[1] is not ('/' or '\\') && !asked.Contains('\\') && asked.All(c => c is > ' ' and < '\x7f')
            ? asked
            : "/";
}
