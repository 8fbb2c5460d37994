using System.Text.Json.Nodes;

namespace Ziggie.Persistence.Serialization;

/// <summary>Turns what an older Ziggie stored into the next version of it.</summary>
internal interface IUpcaster
{
    /// <summary>The manifest that it reads.</summary>
    string From { get; }

    /// <summary>The manifest that its result has; another upcaster may go on from there.</summary>
    string To { get; }

    /// <summary>May change and return what it is given.</summary>
    JsonNode Upgrade(JsonNode stored);
}
