using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Ziggie.Actors;
using Ziggie.Api.CommandLine;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Metrics;

/// <summary>
/// Metrics for Prometheus, and metrics and traces to an OpenTelemetry collector where the standard variables name one
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).
/// </summary>
internal static class TelemetrySetup
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Series that one metric can hold, which has memory for all of them from the start: one for each service, or one for each service and
    /// word. More than a machine runs; what comes after goes into one series together.
    /// </summary>
    private const int MostServices = 5_000, MostWords = 20_000, MostOthers = 100;

    /// <summary>One for each route, method and status: the only one of the framework's that has many series.</summary>
    private const string RequestDuration = "http.server.request.duration";

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    public static bool IsOn(IConfiguration configuration) => SettingReader.Bool(configuration, "Metrics:Enabled", true);

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var metricsOut = IsExported(configuration, "METRICS");
        var tracesOut = IsExported(configuration, "TRACES");
        if (!IsOn(configuration) && !metricsOut && !tracesOut) return;
        services.AddSingleton<ServiceMeters>();
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource
            .AddService("ziggie", serviceVersion: Usage.Version)
            // After ours, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
            .AddEnvironmentVariableDetector());
        if (IsOn(configuration) || metricsOut) telemetry.WithMetrics(metrics => AddMetrics(metrics, IsOn(configuration), metricsOut));
        if (tracesOut)
        {
            telemetry.WithTracing(traces => traces.AddSource(ZiggieTelemetry.Name).AddAspNetCoreInstrumentation().AddOtlpExporter());
        }
    }

    /// <summary>Null for what the library takes by default.</summary>
    private static MetricStreamConfiguration? StreamOf(Instrument instrument)
    {
        if (instrument.Name == RequestDuration) return null;
        return instrument.Meter.Name == ZiggieTelemetry.Name && instrument.Unit == "s"
            ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds, CardinalityLimit = MostOthers }
            : new MetricStreamConfiguration { CardinalityLimit = LimitOf(instrument.Name) };
    }

    private static int LimitOf(string instrument) => instrument switch
    {
        "ziggie.service.phase" or "ziggie.service.health" => MostWords,
        _ when instrument.StartsWith("ziggie.service.", StringComparison.Ordinal) => MostServices,
        _ => MostOthers,
    };

    private static void AddMetrics(MeterProviderBuilder metrics, bool prometheus, bool otlp)
    {
        metrics.AddMeter(ZiggieTelemetry.Name, ServiceMeters.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation()
            // Asked for when the provider is made: the gauges must be there by then.
            .AddInstrumentation(provider => provider.GetRequiredService<ServiceMeters>())
            .AddView(StreamOf);
        if (prometheus)
        {
            metrics.AddPrometheusExporter(options =>
            {
                options.ScopeInfoEnabled = false;
                // A kept answer is kept for as long as somebody goes on asking.
                options.ScrapeResponseCacheDurationMilliseconds = 0;
            });
        }
        if (otlp) metrics.AddOtlpExporter();
    }

    /// <summary>
    /// Where an exporter is asked for by name, which without an address goes to the standard's own, or an address is named and the exporter
    /// is not turned off. The standard would export always; a daemon that nobody asked to should not knock at a port.
    /// </summary>
    private static bool IsExported(IConfiguration configuration, string signal)
    {
        if (bool.TryParse(configuration["OTEL_SDK_DISABLED"], out var isDisabled) && isDisabled) return false;
        var exporter = configuration[$"OTEL_{signal}_EXPORTER"];
        if (!string.IsNullOrEmpty(exporter)) return exporter.Equals("otlp", StringComparison.OrdinalIgnoreCase);
        return !string.IsNullOrWhiteSpace(configuration[Endpoint])
            || !string.IsNullOrWhiteSpace(configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]);
    }
}
