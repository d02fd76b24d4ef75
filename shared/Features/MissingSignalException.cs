namespace Splitrail.Features;

/// <summary>Candidates do not carry a signal that the features need: the sender is of another version, or no candidate source at all.</summary>
public sealed class MissingSignalException(string message) : Exception(message);
