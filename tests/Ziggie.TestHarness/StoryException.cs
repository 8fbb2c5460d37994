namespace Ziggie.TestHarness;

/// <summary>The story went otherwise than it was told.</summary>
public sealed class StoryException(string message) : Exception(message);
