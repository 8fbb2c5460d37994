using Ziggie.Api.Auth;
using Ziggie.Api.Metrics;

namespace Ziggie.Api.Endpoints;

/// <summary>For Prometheus: who may see the list of services may see this; no limit.</summary>
internal static class MetricsEndpoint
{
    public static void Map(WebApplication app)
    {
        if (!TelemetrySetup.IsOn(app.Configuration)) return;
        var scrape = ((IApplicationBuilder)app).New();
        scrape.UseOpenTelemetryPrometheusScrapingEndpoint(
            meterProvider: null, predicate: _ => true, path: null, configureBranchedPipeline: null, optionsName: null);
        var answer = scrape.Build();
        app.MapGet("/metrics", (Delegate)(Task (HttpContext context) => answer(context)))
            .RequireAuthorization(Policies.Status).WithTags("Health")
            .Describe("Metrics", "Shows the metrics in the text format of Prometheus",
                "Needs no token from this machine, unless Auth:Anonymous=none.")
            .Produces<string>(200, "text/plain").Refuses(401, 403, 500);
    }
}
