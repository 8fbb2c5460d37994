using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Journal;

/// <summary>An actor system on a store, wired as in production.</summary>
internal sealed class JournalHost(IHost host) : IAsyncDisposable
{
    public ActorSystem System => host.Services.GetRequiredService<ActorSystem>();

    public static async Task<JournalHost> StartAsync(PersistenceOptions options)
    {
        await StoreSetup.PrepareAsync(options);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("store", akka => akka
            .ConfigureLoggers(loggers => loggers.ClearLoggers())
            .WithZiggiePersistence(options));
        var host = builder.Build();
        await host.StartAsync();
        return new JournalHost(host);
    }

    /// <summary>Tells the writer with this id, and gives its answer.</summary>
    public Task<object> AskAsync(string id, object message)
    {
        var writer = System.ActorSelection($"/user/{id}").ResolveOne(Eventually.Limit);
        return AskAsync(writer, id, message);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private async Task<object> AskAsync(Task<IActorRef> known, string id, object message)
    {
        IActorRef writer;
        try
        {
            writer = await known;
        }
        catch (ActorNotFoundException)
        {
            writer = System.ActorOf(WriterActor.For(id), id);
        }
        return await writer.Ask<object>(message, Eventually.Limit);
    }
}
