using Ziggie.Actors.Domain;

namespace Ziggie.Actors.Services;

/// <summary>Where the clocks and the dice come from.</summary>
public interface IMoments
{
    Moment Take();
}
