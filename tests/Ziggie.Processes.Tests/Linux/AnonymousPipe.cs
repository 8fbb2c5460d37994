using System.IO.Pipes;

namespace Ziggie.Processes.Tests.Linux;

/// <summary>A pipe whose client end children would inherit.</summary>
internal sealed class AnonymousPipe : IDisposable
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out, HandleInheritability.Inheritable);

    public nint Descriptor => _pipe.ClientSafePipeHandle.DangerousGetHandle();

    public void Dispose() => _pipe.Dispose();
}
