using System.Collections.Concurrent;
using System.Text.Json;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>Starts, stops and restarts at random through the API, and remembers what it was promised.</summary>
internal sealed class SoakDriver(ApiClient api, IReadOnlyList<SoakService> services, SoakReport report)
{
    private readonly ConcurrentDictionary<string, Claim?> _claims = new();
    private int _disturbances;
    private volatile bool _isDisturbed;

    public Claim? ClaimOn(string service) => _claims.GetValueOrDefault(service);

    /// <summary>A daemon is told to end its services: PIDs are promised to nobody until the next one answers.</summary>
    public void Disturb()
    {
        Interlocked.Increment(ref _disturbances);
        _isDisturbed = true;
        foreach (var (service, claim) in _claims)
        {
            if (claim?.Pid is not null) _claims.TryUpdate(service, null, claim);
        }
    }

    public void Settle() => _isDisturbed = false;

    public async Task RunAsync(Random random, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var service = services[random.Next(services.Count)];
            var command = random.Next(10) switch { < 4 => "start", < 7 => "stop", _ => "restart" };
            // Some at once after each other, some with time between.
            await CommandAsync(service, command);
            await Task.Delay(random.Next(3) == 0 ? random.Next(300) : 5, CancellationToken.None);
        }
    }

    /// <summary>Whether the answer came, so that the outcome is known.</summary>
    public async Task<bool> CommandAsync(SoakService service, string command)
    {
        var disturbances = _disturbances;
        _claims[service.Name] = null;
        Answer answer;
        try
        {
            answer = await api.PostAsync($"/api/services/{service.Name}/{command}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            report.Count("commands without an answer");
            await Task.Delay(20);
            return false;
        }
        var json = JsonDocument.Parse(answer.Text).RootElement;
        var code = answer.Status == 200 ? "done" : json.GetProperty("code").GetString()!;
        report.Count($"commands: {command}, {code}");
        if (command == "stop")
        {
            if (code is not ("done" or "not_running")) return false;
            _claims[service.Name] = new Claim(pid: null);
            return true;
        }
        if (code is "done" && service.IsSteady && !_isDisturbed)
        {
            var claim = new Claim(json.GetProperty("pid").GetInt32());
            _claims[service.Name] = claim;
            if (disturbances != _disturbances || _isDisturbed) _claims.TryUpdate(service.Name, null, claim);
        }
        return code is "done" or "already_running" or "start_failed";
    }
}
