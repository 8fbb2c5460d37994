using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace Ziggie.Api.Tests.Support;

/// <param name="Id">The last id that came, as browsers keep it.</param>
/// <param name="Type">line, gap or end.</param>
/// <param name="Data">Parsed.</param>
public sealed record ServerEvent(string Id, string Type, JsonElement Data)
{
    public string Text => Data.GetProperty("text").GetString()!;
}

/// <summary>Reads Server-Sent Events as the specification has it.</summary>
public sealed class EventClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventClient(HttpClient http, HttpResponseMessage response, Stream stream) =>
        (_http, _response, _reader) = (http, response, new StreamReader(stream));

    public string LastId { get; private set; } = "";

    /// <summary>Comments so far.</summary>
    public int Comments { get; private set; }

    public HttpContentHeaders Headers => _response.Content.Headers;

    public static async Task<EventClient> ConnectAsync(Daemon daemon, string path, params (string Name, string Value)[] headers)
    {
        var http = new HttpClient { BaseAddress = daemon.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Wait.Limit);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        return new EventClient(http, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null when the daemon has ended the answer.</summary>
    public async Task<ServerEvent?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        var (type, data) = ("message", "");
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line is "")
            {
                if (data is not "") return new ServerEvent(LastId, type, JsonDocument.Parse(data).RootElement);
                type = "message";
            }
            else
            {
                Take(line, ref type, ref data);
            }
        }

        return null;
    }

    public async Task<List<ServerEvent>> TakeAsync(int count)
    {
        List<ServerEvent> events = [];
        while (events.Count < count) events.Add(await NextAsync() ?? throw new EndOfStreamException());
        return events;
    }

    private void Take(string line, ref string type, ref string data)
    {
        if (line.StartsWith(':'))
        {
            Comments++;
            return;
        }

        var (field, value) = (line.Split(": ")[0], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        switch (field)
        {
            case "id": LastId = value; break;
            case "event": type = value; break;
            case "data": data += value; break;
            default: Assert.Fail($"No line of an event: {line}"); break;
        }
    }

    public void Dispose()
    {
        _response.Dispose();
        _http.Dispose();
    }
}
