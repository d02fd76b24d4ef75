namespace Splitrail.Datasets;

/// <summary>A dataset folder is missing, incomplete or damaged. The message names the file and the way out, and is meant for people.</summary>
public sealed class DatasetException(string message, Exception? inner = null) : Exception(message, inner);
