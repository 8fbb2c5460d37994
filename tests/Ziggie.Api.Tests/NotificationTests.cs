using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;
using Ziggie.Api.Browser;
using Ziggie.Api.Hosting;
using Ziggie.Api.Notifications;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class NotificationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_test_is_told_to_every_target_signed_and_says_who_did_not_take_it()
    {
        using var receiver = new Receiver();
        await using var daemon = await FakeDaemon.StartAsync(
            "--Notifications:0:Type=webhook", $"--Notifications:0:Url={receiver.Address}hook", "--Notifications:0:Secret=s3cret",
            "--Notifications:1:Type=command", "--Notifications:1:Name=page",
            $"--Notifications:1:Command=sh -c 'cat > $ZIGGIE_TEST_OUT; echo \"$ZIGGIE_EVENT$ZIGGIE_ADMIN_PASSWORD\" >> $ZIGGIE_TEST_OUT'".Replace("$ZIGGIE_TEST_OUT", Path.Combine(Path.GetTempPath(), $"ziggie-notified-{Environment.ProcessId}")),
            "--Notifications:2:Type=command", "--Notifications:2:Command=false",
            "--Notifications:3:Type=command", "--Notifications:3:Command=sleep 300", "--Notifications:3:Timeout=200ms",
            "--Notifications:4:Type=command", "--Notifications:4:Command=/no/such/program");
        var admin = await daemon.AdminAsync();

        var answer = (await admin.PostAsync("/api/notifications/test")).Ok();

        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Equal(
            ["webhook-1 True", "page True", "command-3 False", "command-4 False", "command-5 False"],
            answer.GetProperty("targets").EnumerateArray().Select(t => $"{t.GetProperty("target").GetString()} {t.GetProperty("delivered").GetBoolean()}"));
        Assert.Contains("was killed", answer.GetProperty("targets")[3].GetProperty("reason").GetString());
        var request = Assert.Single(receiver.Requests);
        Assert.Equal(("/hook", "test"), (request.Path, request.Headers["X-Ziggie-Event"]));
        AssertSigned(request, "s3cret");
        var body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(("test", "A test, asked for by admin."), (body.GetProperty("event").GetString(), body.GetProperty("reason").GetString()));

        var told = await File.ReadAllTextAsync(Path.Combine(Path.GetTempPath(), $"ziggie-notified-{Environment.ProcessId}"));
        File.Delete(Path.Combine(Path.GetTempPath(), $"ziggie-notified-{Environment.ProcessId}"));
        Assert.Equal(body.GetProperty("id").GetString(), JsonDocument.Parse(told[..(told.LastIndexOf('}') + 1)]).RootElement.GetProperty("id").GetString());
        Assert.Equal("test", told[(told.LastIndexOf('}') + 1)..].Trim());

        Assert.True((await admin.PostAsync("/api/notifications/test?target=PAGE")).Ok().GetProperty("success").GetBoolean());
        File.Delete(Path.Combine(Path.GetTempPath(), $"ziggie-notified-{Environment.ProcessId}"));
        (await admin.PostAsync("/api/notifications/test?target=nobody")).Invalid("target");
        (await (await daemon.UserAsync("user")).PostAsync("/api/notifications/test")).Problem(403, "forbidden");
    }

    [Fact]
    public async Task Without_targets_a_test_says_what_to_set()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        var problem = (await (await daemon.AdminAsync()).PostAsync("/api/notifications/test")).Problem(400, "no_notifications");
        Assert.Contains("Notifications:0:Type", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("Notifications:0:Type is missing", "Url=http://x/")]
    [InlineData("The setting Notifications:0:Type is 'pigeon'", "Type=pigeon")]
    [InlineData("Notifications:0:Url must be an address", "Type=webhook")]
    [InlineData("Notifications:0:Url must be an address", "Type=webhook", "Url=ftp://x/")]
    [InlineData("Notifications:0:Url belongs to a webhook", "Type=command", "Url=http://x/", "Command=true")]
    [InlineData("Notifications:0:Command must be a command", "Type=command")]
    [InlineData("Notifications:0:Events does not know 'explodes'", "Type=webhook", "Url=http://x/", "Events=failed,explodes")]
    [InlineData("Notifications:0:Services has 'a b'", "Type=webhook", "Url=http://x/", "Services=a b")]
    [InlineData("Notifications:0:Sercet is unknown", "Type=webhook", "Url=http://x/", "Sercet=x")]
    [InlineData("The setting Notifications:0:LogLines is '900'", "Type=webhook", "Url=http://x/", "LogLines=900")]
    public async Task A_setting_that_does_not_fit_refuses_the_start_with_its_place(string expected, params string[] settings)
    {
        var e = await Assert.ThrowsAsync<StartRefusedException>(
            () => FakeDaemon.StartAsync([.. settings.Select(s => $"--Notifications:0:{s}")]));
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void Of_what_flaps_one_of_a_kind_is_told_in_an_interval_and_last_how_it_is()
    {
        var gate = new FlappingGate(TimeSpan.FromSeconds(60));

        Assert.NotNull(gate.Admit(Of("failed", 0), Noon));
        Assert.NotNull(gate.Admit(Of("recovered", 1), Noon.AddSeconds(1)));
        Assert.Null(gate.Admit(Of("failed", 2), Noon.AddSeconds(2)));
        Assert.Null(gate.Admit(Of("recovered", 3), Noon.AddSeconds(3)));
        Assert.Null(gate.Admit(Of("failed", 4), Noon.AddSeconds(4)));
        Assert.NotNull(gate.Admit(Of("failed", 4) with { Service = "other" }, Noon.AddSeconds(4)));

        Assert.Equal(Noon.AddSeconds(60), gate.NextDue());
        Assert.Empty(gate.Due(Noon.AddSeconds(59)));
        var due = Assert.Single(gate.Due(Noon.AddSeconds(60)));
        Assert.Equal(("failed", Noon.AddSeconds(4).UtcDateTime, 1), (due.Event, due.At, due.Suppressed));
        // The recovery before that is no longer so, and is not told after it.
        Assert.Null(gate.NextDue());
        Assert.NotNull(gate.Admit(Of("recovered", 70), Noon.AddSeconds(70)));
        Assert.Null(gate.Admit(Of("failed", 71), Noon.AddSeconds(71)));
        Assert.Single(gate.Due(Noon.AddSeconds(72), all: true));
    }

    [Fact]
    public void The_dashboard_shows_where_a_webhook_leads_without_what_may_be_secret()
    {
        NotificationTarget target = new()
        {
            Name = "ops",
            Type = TargetType.Webhook,
            Url = new Uri("https://me:hunter2@hooks.example.org:8443/services/T0/secret?key=1"),
            Events = ["failed"],
        };
        var shown = new DashboardControl(null!, new NotificationSettings([target]), new NotificationCounts()).Targets;
        Assert.Equal("https://hooks.example.org:8443", Assert.Single(shown).Place);
    }

    internal static void AssertSigned(Received request, string secret)
    {
        var parts = request.Headers["X-Ziggie-Signature"].Split(',').ToDictionary(p => p.Split('=')[0], p => p.Split('=')[1]);
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts["t"])), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"{parts["t"]}."), .. request.Body]);
        Assert.Equal(Convert.ToHexStringLower(signed), parts["v1"]);
    }

    private static Notification Of(string kind, int second) =>
        new($"e{second}", kind, Noon.AddSeconds(second).UtcDateTime, "host", "api", [], "", null, null, null, null, 0, null);
}
