using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using Ziggie.Api.Record;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Config;

/// <summary>Applies the daemon's file, one time after the other, and remembers how it stands with it.</summary>
internal sealed class ConfigFile(
    ConfigSettings settings, IConfigurationControl control, IServiceFeed feed, AuditLog audit, TimeProvider time, ILogger<ConfigFile> log)
    : IDisposable
{
    /// <summary>For the history. No user has such a name: it holds a blank.</summary>
    private const string By = "config file";

    /// <summary>One key that is written wrongly in each of a thousand services is one mistake.</summary>
    private const int MostLogged = 20;

    private readonly SemaphoreSlim _gate = new(1);
    private volatile ConfigStatus _status = new();

    public ConfigStatus Status => _status;

    /// <summary>What applying it would change; null when it is not there.</summary>
    public async Task<(ConfigurationReply? Reply, ImmutableArray<DefinitionError> Errors)> PlanAsync(CancellationToken cancellationToken)
    {
        var reading = ConfigReading.Of(settings.File);
        if (!reading.Exists) return (null, []);
        return reading.Result.IsValid ? (await control.PlanAsync(reading.Set, cancellationToken), []) : (null, reading.Result.Errors);
    }

    /// <summary>Reads and applies it on somebody's request.</summary>
    public async Task<(ConfigurationReply? Reply, ImmutableArray<DefinitionError> Errors)> ApplyAsync(string by, bool wait, CancellationToken cancellationToken)
    {
        var reading = ConfigReading.Of(settings.File);
        var reply = await ApplyAsync(reading, by, wait, cancellationToken);
        return (reply, reading.Exists ? reading.Result.Errors : []);
    }

    /// <summary>Applies what was read because it has changed; false when it should be tried again although it did not change.</summary>
    public async Task<bool> ApplyAsync(ConfigReading reading, CancellationToken cancellationToken) =>
        await ApplyAsync(reading, By, wait: false, cancellationToken)
            is not ConfigurationReply.Refused { Why.Code: RefusalCode.StoreFailed or RefusalCode.TimedOut };

    public void Dispose() => _gate.Dispose();

    private async Task<ConfigurationReply?> ApplyAsync(ConfigReading reading, string by, bool wait, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!reading.Exists || !reading.Result.IsValid)
            {
                Report(reading);
                return null;
            }

            var reply = await control.ApplyAsync(reading.Set, by, wait, cancellationToken);
            Report(reading, reply);
            if (reply is ConfigurationReply.Done done && ConfigWords.ChangesAnything(done))
                await audit.ByAsync(by, AuditKinds.ConfigApplied, $"Applied {settings.File}: {ConfigWords.Summarize(done)}");
            return reply;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>It changes nothing, and that is said.</summary>
    private void Report(ConfigReading reading)
    {
        if (reading.Exists)
        {
            Refuse(reading, reading.Result.Errors);
            return;
        }

        var left = feed.Current.Services.Values.Count(s => Origins.FileOf(s.Origin) is not null);
        var message = left == 0 ? null
            : $"{settings.File} is not there. The {(left == 1 ? "service that it defined stays as it is" : $"{left} services that it defined stay as they are")}; to have none, write 'services: {{}}' into it.";
        _status = new ConfigStatus { AppliedAt = _status.AppliedAt, Summary = _status.Summary, Message = message };
        if (message is not null) log.LogWarning("{Message}", message);
    }

    private void Report(ConfigReading reading, ConfigurationReply reply)
    {
        if (reply is not ConfigurationReply.Done done)
        {
            var why = ((ConfigurationReply.Refused)reply).Why;
            Refuse(reading, why.Errors.IsDefaultOrEmpty ? [new DefinitionError("", why.Detail, File: settings.File)] : why.Errors);
            return;
        }

        var summary = ConfigWords.Summarize(done);
        _status = new ConfigStatus { Exists = true, Files = reading.Result.Files, AppliedAt = time.GetUtcNow(), Summary = summary };
        if (ConfigWords.ChangesAnything(done)) log.LogInformation("Applied {File}: {Summary}", settings.File, summary);
    }

    private void Refuse(ConfigReading reading, ImmutableArray<DefinitionError> errors)
    {
        _status = _status with { Exists = true, Files = reading.Result.Files, Message = null, Errors = errors };
        var more = errors.Length > MostLogged ? $" And {errors.Length - MostLogged} more; GET /api/config has all." : "";
        log.LogError("{File} changes nothing: {Errors}", settings.File, string.Join(" ", errors.Take(MostLogged).Select(ConfigWords.Describe)) + more);
    }
}
