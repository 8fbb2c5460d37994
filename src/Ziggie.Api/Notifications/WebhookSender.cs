using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ziggie.Api.Contracts;

namespace Ziggie.Api.Notifications;

/// <summary>
/// Posts JSON. <c>X-Ziggie-Signature: t=SECONDS,v1=HEX</c> is the HMAC-SHA256 of <c>SECONDS.BODY</c> with the target's secret, so that a
/// receiver can tell that it comes from here and is not an old one that somebody sends again.
/// </summary>
internal sealed class WebhookSender(TimeProvider time) : INotificationSender, IDisposable
{
    public const string SignatureHeader = "X-Ziggie-Signature";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // The body goes where the settings say and nowhere else.
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<SendFailure?> SendAsync(NotificationTarget target, Notification notification, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(target.Timeout);
        try
        {
            using var request = Request(target, notification);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            if (response.IsSuccessStatusCode) return null;
            var mayPass = status is 408 or 425 or 429 or >= 500;
            return new SendFailure($"It answered {status}.", mayPass, response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendFailure($"It did not answer within {target.Timeout.TotalSeconds:0.###} s.", MayPass: true);
        }
        catch (HttpRequestException e)
        {
            return new SendFailure(e.InnerException?.Message ?? e.Message, MayPass: true);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>As the header has it.</summary>
    public static string Sign(string secret, long seconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hmac.AppendData(body);
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}");
    }

    private HttpRequestMessage Request(NotificationTarget target, Notification notification)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(notification, ApiJson.Web.Notification);
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        request.Headers.UserAgent.ParseAdd("Ziggie");
        request.Headers.Add("X-Ziggie-Event", notification.Event);
        request.Headers.Add("X-Ziggie-Delivery", notification.Id);
        if (target.Secret is { } secret) request.Headers.Add(SignatureHeader, Sign(secret, time.GetUtcNow().ToUnixTimeSeconds(), body));
        return request;
    }
}
