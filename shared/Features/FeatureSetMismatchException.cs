namespace Splitrail.Features;

/// <summary>A model was trained on other features than this build computes: scoring with it would be silently wrong.</summary>
public sealed class FeatureSetMismatchException(string message) : Exception(message);
