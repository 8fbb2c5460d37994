using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Services;

/// <summary>Looks by HTTP, with the variables that a run gets.</summary>
internal sealed partial class HealthProber
{
    private async Task<ProbeResult> GetAsync(ServiceDefinition definition, Probe.Http http, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Nobody is to read a secret in what was seen: the URL is shown as it is written.
        var shown = SecretText.Hide(http.Url);
        var asked = Resolve(definition, http, out var errors);
        if (!errors.IsEmpty) return new ProbeResult(false, $"{shown} cannot be asked: {string.Join(" ", errors.Select(LaunchPlanner.Describe))}");
        var seen = await _runtime.Network.GetAsync(asked, timeout, cancellationToken);
        return seen with { Message = seen.Message.Replace(asked.Url, shown, StringComparison.Ordinal) };
    }

    private Probe.Http Resolve(ServiceDefinition definition, Probe.Http http, out ImmutableArray<DefinitionError> errors)
    {
        errors = [];
        // Files of variables are read each time, so only for those that ask for any.
        if (!http.Url.Contains('$') && !http.Headers.Values.Any(value => value.Contains('$'))) return http;
        var resolved = ServiceEnvironment.Resolve(definition, _runtime.Environment(), _runtime.ReadFile);
        if (resolved.Plan is { } plan) return (Probe.Http)ServiceEnvironment.ResolveProbe(http, plan.Environment, out errors);
        errors = resolved.Errors;
        return http;
    }
}
