namespace Ziggie.Api.Browser;

/// <summary>Says that pages have neither scripts nor styles, and what to do about it.</summary>
internal sealed class MissingAssets(string why, ILogger<MissingAssets> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.LogWarning(
            "The dashboard has no scripts and styles, because this user may not read where the program was built: {Why}. Publish it (dotnet publish src/Ziggie.Api), which puts all of it into one folder.", why);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
