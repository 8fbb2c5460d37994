using Ziggie.Processes.Output;

namespace Ziggie.Actors.Services;

/// <param name="Output">Opened by the process as its standard output.</param>
/// <param name="Errors">The same for standard error; null when that goes where standard output goes.</param>
/// <param name="OutputInlet">Takes standard output where the launcher reads it; null where the process opens <paramref name="Output"/>.</param>
/// <param name="ErrorInlet">The same for standard error.</param>
internal sealed record OutputPaths(string Output, string? Errors, IOutputInlet? OutputInlet, IOutputInlet? ErrorInlet);
