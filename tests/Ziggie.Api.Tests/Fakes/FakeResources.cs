using Ziggie.Actors.Resources;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.Tests.Fakes;

/// <summary>Figures that a test makes up.</summary>
internal sealed class FakeResources : IResourceFeed
{
    private ResourcePicture _current = ResourcePicture.Empty;

    public ResourcePicture Current => Volatile.Read(ref _current);

    public TimeSpan? Interval { get; set; } = TimeSpan.FromSeconds(2);

    public Dictionary<string, List<UsagePoint>> Points { get; } = [];

    public event Action? Sampled;

    /// <summary>A sample of services, each with its run's number.</summary>
    public void Measure(HostUsage host, params (string Name, long Generation, RunUsage Usage)[] services)
    {
        Volatile.Write(ref _current, new ResourcePicture(
            DateTimeOffset.UtcNow, services.ToDictionary(s => s.Name, s => new ServiceUsage(s.Generation, s.Usage)), host));
        Sampled?.Invoke();
    }

    public IReadOnlyList<UsagePoint> History(string name, DateTimeOffset since, int points) =>
        [.. Points.GetValueOrDefault(name, []).Where(point => point.At >= since).TakeLast(points)];
}
