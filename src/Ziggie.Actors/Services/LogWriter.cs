using Akka.Actor;
using Akka.Event;
using Ziggie.Actors.Domain;
using Ziggie.Processes.Output;

namespace Ziggie.Actors.Services;

/// <summary>
/// Keeps the way of a service's output into its log open. The bytes themselves never pass through an actor, and the way stays open
/// when this actor is restarted: a service must not block because its daemon stumbled.
/// </summary>
internal sealed class LogWriter : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IOutputStore _output;
    private IOutputChannel? _channel;
    private IOutputChannel? _errors;

    public LogWriter(IOutputStore output)
    {
        _output = output;
        Receive<OutputProtocol.Open>(open =>
        {
            try
            {
                var paths = Open(open);
                Sender.Tell(new OutputProtocol.Opened(open.Generation, paths, open.AsksStart ? StartOf(open) : null));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _log.Warning("The output of {0} cannot be opened: {1}", open.Service, e.Message);
                Sender.Tell(new OutputProtocol.OpenFailed(open.Generation, $"The log cannot be opened: {e.Message}"));
            }
        });
        Receive<OutputProtocol.Drain>(drain =>
        {
            var drained = new OutputProtocol.Drained(drain.Generation);
            IOutputChannel?[] open = [_channel, _errors];
            Task.WhenAll(open.OfType<IOutputChannel>().Select(channel => channel.DrainAsync(CancellationToken.None)))
                .PipeTo(Sender, success: () => drained, failure: _ => drained);
        });
        Receive<ServiceProtocol.Flush>(_ => Sender.Tell(new ServiceProtocol.Flushed()));
        Receive<OutputProtocol.Remove>(remove =>
        {
            try
            {
                output.Remove(remove.Service);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _log.Warning("The log of the removed service {0} stays where it is: {1}", remove.Service, e.Message);
            }
            Sender.Tell(new OutputProtocol.Removed());
        });
    }

    public static Props Props(IOutputStore output) =>
        Akka.Actor.Props.Create(() => new LogWriter(output)).WithDispatcher(Dispatchers.Blocking);

    private OutputStart StartOf(OutputProtocol.Open open) =>
        new(EndOf(open.Service), open.SeparateErrors ? EndOf(ErrorLog.Of(open.Service)) : null);

    private long EndOf(string log) => _output.Read(log, new LogQuery { Lines = 1 }).End;

    private OutputPaths Open(OutputProtocol.Open open)
    {
        _channel = _output.Open(open.Service, open.Limits);
        if (open.SeparateErrors)
        {
            _errors = _output.Open(ErrorLog.Of(open.Service), open.Limits);
        }
        else
        {
            // The run that wrote to it is over; the log stays.
            _errors?.Dispose();
            _errors = null;
        }
        return new OutputPaths(_channel.Path, _errors?.Path, _channel.Inlet, _errors?.Inlet);
    }
}
