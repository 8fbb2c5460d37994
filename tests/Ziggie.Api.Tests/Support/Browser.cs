using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Ziggie.Api.Tests.Support;

/// <summary>Keeps cookies and sends forms as a browser does, and shows where it is led instead of following.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Daemon daemon)
    {
        Cookies = new CookieContainer();
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = daemon.Address };
    }

    public CookieContainer Cookies { get; }

    /// <summary>Whether the daemon has given it a session.</summary>
    public bool IsSignedIn => Cookies.GetCookies(_http.BaseAddress!).Any(c => c.Name == $"ziggie-{_http.BaseAddress!.Port}");

    public async Task<Seen> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await SeenAsync(await _http.SendAsync(request));
    }

    /// <summary>Posts a form, with the proof that it comes from that page.</summary>
    /// <param name="page">Where the form stands; null for none, without the proof.</param>
    /// <param name="action">Where it goes.</param>
    /// <param name="fields">What it says.</param>
    public async Task<Seen> PostAsync(string? page, string action, params (string Name, string Value)[] fields)
    {
        var all = fields.ToDictionary(f => f.Name, f => f.Value);
        if (page is not null) all["__RequestVerificationToken"] = Proof().Match((await GetAsync(page)).Text).Groups["proof"].Value;
        return await SeenAsync(await _http.PostAsync(action, new FormUrlEncodedContent(all)));
    }

    public Task<Seen> SignInAsync(string username, string password, string target = "/") =>
        PostAsync("/sign-in", "/sign-in/password", ("username", username), ("password", password), ("return", target));

    /// <summary>Sends something as a page's script does.</summary>
    public async Task<Seen> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : ApiClient.Text(json) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await SeenAsync(await _http.SendAsync(request));
    }

    public void Dispose() => _http.Dispose();

    private static async Task<Seen> SeenAsync(HttpResponseMessage answer)
    {
        using (answer) return new Seen((int)answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<proof>[^"]+)""")]
    private static partial Regex Proof();
}

/// <param name="Status">Of the answer.</param>
/// <param name="Location">Where it leads; null for a page.</param>
/// <param name="Text">The page.</param>
public sealed record Seen(int Status, string? Location, string Text)
{
    public void LeadsTo(string location) => Assert.True(Status == 302 && Location == location, $"Expected {location}, got {Status} {Location} {Text}");

    public Seen Shows(string text)
    {
        Assert.True(Status == 200, $"Expected a page, got {Status} {Location} {Text}");
        Assert.Contains(text, Text);
        return this;
    }
}
