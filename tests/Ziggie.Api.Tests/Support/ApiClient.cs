using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Ziggie.Api.Tests.Support;

/// <summary>Talks to a daemon and keeps the raw answers.</summary>
public sealed class ApiClient(HttpClient http)
{
    public string? Token { get; set; }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, Json(body));

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, Json(body));

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "",
            await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
    }

    /// <summary>A body that is sent as it is.</summary>
    public static StringContent Text(string text, string type = "application/json") =>
        new(text, Encoding.UTF8) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    private static StringContent? Json(object? body) => body is null ? null : Text(JsonSerializer.Serialize(body));
}
