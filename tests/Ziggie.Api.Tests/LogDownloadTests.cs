using System.IO.Compression;
using System.Text;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Tests;

public sealed class LogDownloadTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;
    private HttpClient _http = null!;
    private Printer _web = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartWithLogsAsync();
        _daemon.Services.Add("web");
        _http = new HttpClient { BaseAddress = _daemon.Address };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", (await _daemon.AdminAsync()).Token);
        _web = new Printer(_daemon.Logs!, "web", new LogLimits { MaxSize = 50_000, MaxFiles = 1000 });
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        _web.Dispose();
        await _daemon.DisposeAsync();
    }

    [Fact]
    public async Task It_is_a_file_with_every_byte_as_it_was_printed()
    {
        byte[] printed = [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 100_000).Select(n => $"{n}\n"))), 0, 0xFF, 13, 10, (byte)'x'];
        await _web.PrintAsync(printed);

        using var answer = await _http.GetAsync("/api/services/WEB/logs/download");

        Assert.Equal("attachment; filename=\"web.log\"", answer.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(printed, await answer.Content.ReadAsByteArrayAsync());
        using var compressed = await _http.GetAsync("/api/services/web/logs/download?gzip=true");
        Assert.Equal("attachment; filename=\"web.log.gz\"", compressed.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("application/gzip", compressed.Content.Headers.ContentType!.ToString());
        using var plain = new MemoryStream();
        await using (var gzip = new GZipStream(await compressed.Content.ReadAsStreamAsync(), CompressionMode.Decompress)) await gzip.CopyToAsync(plain);
        Assert.Equal(printed, plain.ToArray());
    }

    [Fact]
    public async Task Streams_and_times_can_be_chosen()
    {
        using var errors = new Printer(_daemon.Logs!, "web.err");
        await _web.PrintAsync("one\n");
        await Task.Delay(20);
        await errors.PrintAsync("two\n");

        Assert.Equal("one\ntwo\n", await _http.GetStringAsync("/api/services/web/logs/download"));
        Assert.Equal("one\n", await _http.GetStringAsync("/api/services/web/logs/download?stream=stdout"));
        using var answer = await _http.GetAsync("/api/services/web/logs/download?stream=stderr");
        Assert.Equal("attachment; filename=\"web.stderr.log\"", answer.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("two\n", await answer.Content.ReadAsStringAsync());
        Assert.Equal("one\ntwo\n", await _http.GetStringAsync("/api/services/web/logs/download?since=1h"));
        Assert.Equal("", await _http.GetStringAsync("/api/services/web/logs/download?until=1h"));
    }

    [Fact]
    public async Task A_link_may_carry_the_token_and_what_does_not_fit_is_told()
    {
        var admin = await _daemon.AdminAsync();
        Assert.Equal(200, (await _daemon.Anonymous().GetAsync($"/api/services/web/logs/download?token={admin.Token}")).Status);
        (await admin.GetAsync("/api/services/web/logs/download?gzip=x&since=y")).Invalid("gzip", "since");
        (await admin.GetAsync("/api/services/web/logs/download?since=1m&until=1h")).Invalid("until");
        (await admin.GetAsync("/api/services/wev/logs/download")).Problem(404, "unknown_service");
    }
}
