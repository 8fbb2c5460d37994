using Ziggie.Api.Hosting;
using Ziggie.Api.Http;

namespace Ziggie.Api.Endpoints;

/// <summary>Refuses commands while the daemon is stopping; reads are answered to the end.</summary>
internal sealed class CommandGate(DaemonStatus status) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        status.IsStopping ? ValueTask.FromResult<object?>(Problems.Stopping().Result()) : next(context);
}
