using Ziggie.Api.Hosting;
using Ziggie.Dashboard.Access;
using Ziggie.Processes;

namespace Ziggie.Api.Browser;

/// <summary>Shows the dashboard what a launch reads.</summary>
internal sealed class DaemonEnvironment : IDaemonEnvironment
{
    public IReadOnlyDictionary<string, string> Variables() => EnvironmentVariables.Read();

    public string ReadFile(string path) => TextFiles.Read(path);
}
