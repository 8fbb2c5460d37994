using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Reads depends_on: a map of name and condition, or names by themselves, which stand for <c>ready</c>.</summary>
internal static class DependencyReader
{
    public static ImmutableSortedDictionary<string, DependencyCondition> Read(ReadContext context, Node node, string path, string self)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, DependencyCondition>(StringComparer.Ordinal);
        if (node is MapNode map)
        {
            foreach (var (key, value, place) in context.Entries(map, path))
            {
                var condition = value.IsNull
                    ? DependencyCondition.Ready
                    : context.Word(value, ReadContext.Below(path, key), Words.Condition);
                if (condition is { } known) Add(key, known, place);
            }
        }
        else
        {
            foreach (var (item, itemPath) in context.Items(node, path, "names of services, or a map of name and condition"))
            {
                if (context.AnyText(item, itemPath, "the name of a service", loose: false) is { } name)
                    Add(name, DependencyCondition.Ready, item.Place);
            }
        }

        return result.ToImmutable();

        void Add(string text, DependencyCondition condition, Place place)
        {
            if (!ServiceName.TryNormalize(text, out var name))
                context.Refuse(place, path, $"{ReadContext.Quote(text)} is no name of a service; write 1 to 100 letters (a-z), digits, _ or -.");
            else if (name == self)
                context.Refuse(place, ReadContext.Below(path, name), "A service cannot depend on itself.");
            else if (!result.TryAdd(name, condition))
                context.Refuse(place, ReadContext.Below(path, name), $"{ReadContext.Quote(name)} is written twice; keep one.");
        }
    }
}
