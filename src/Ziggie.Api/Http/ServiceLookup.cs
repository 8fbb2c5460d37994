using System.Diagnostics.CodeAnalysis;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using Ziggie.Api.Contracts;

namespace Ziggie.Api.Http;

/// <summary>Finds the service that a route names, in any case or by id.</summary>
internal sealed class ServiceLookup(IServiceFeed feed)
{
    public bool TryFind(string text, [NotNullWhen(true)] out ServiceView? view, [NotNullWhen(false)] out Problem? problem)
    {
        problem = null;
        view = null;
        if (!ServiceName.TryNormalize(text, out var name))
        {
            problem = Problems.InvalidParameter("name",
                $"must be 1 to {ServiceName.MaxLength} of A-Z a-z 0-9 _ -, or a service's id.");
            return false;
        }

        var current = feed.Current;
        view = current.Find(name);
        if (view is null) problem = Problems.UnknownService(name, NearNames.Of(name, current.Services.Keys).FirstOrDefault());
        return view is not null;
    }
}
