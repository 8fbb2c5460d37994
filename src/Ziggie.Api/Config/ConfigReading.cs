using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Api.Config;

/// <summary>The daemon's file with all that it includes, as it was at one moment.</summary>
/// <param name="Exists">False when the file itself is not there.</param>
/// <param name="Result">What it says; with an error when it is not there.</param>
/// <param name="Files">Tells whether it has changed since.</param>
internal sealed record ConfigReading(bool Exists, ConfigurationResult Result, DiskFiles Files)
{
    public static ConfigReading Of(string file)
    {
        var files = new DiskFiles();
        var result = ConfigurationReader.Read(file, files);
        return new ConfigReading(Path.Exists(file), result, files);
    }

    public DeclarationSet Set => new(Origins.Files, Result.Services);
}
