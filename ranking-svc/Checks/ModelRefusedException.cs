namespace Splitrail.RankingSvc.Checks;

/// <summary>A model may not be served; the message says which and why.</summary>
internal sealed class ModelRefusedException(string message) : Exception(message);
