using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace Ziggie.Api.Tests.Support;

/// <summary>What came back, and what may be asked of it.</summary>
public sealed record Answer(int Status, string Type, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Text);
            return document.RootElement.Clone();
        }
    }

    /// <summary>The body of a success.</summary>
    public JsonElement Ok(int status = 200)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        Assert.Equal("application/json; charset=utf-8", Type);
        return Json;
    }

    /// <summary>The body of an error, in the shape that all errors have.</summary>
    public JsonElement Problem(int status, string code)
    {
        Assert.True(Status == status, $"Expected {status} {code}, got {Status}: {Text}");
        Assert.Equal("application/problem+json", Type);
        var json = Json;
        Assert.Equal(code, json.GetProperty("code").GetString());
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        Assert.False(json.GetProperty("success").GetBoolean());
        Assert.Equal($"urn:ziggie:problem:{code}", json.GetProperty("type").GetString());
        Assert.NotEmpty(json.GetProperty("title").GetString()!);
        Assert.NotEmpty(json.GetProperty("detail").GetString()!);
        return json;
    }

    /// <summary>A 422 that names exactly these fields.</summary>
    public JsonElement Invalid(params string[] fields)
    {
        var json = Problem(422, "invalid_parameter");
        Assert.Equal(fields.Order(), json.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        return json;
    }
}
