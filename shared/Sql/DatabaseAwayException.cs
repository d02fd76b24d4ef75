namespace Splitrail.Sql;

/// <summary>The database did not answer, or not in time. Infrastructure, not a bug: the edge answers 503 and a message is delivered again.</summary>
public sealed class DatabaseAwayException(string message, Exception? inner = null) : Exception(message, inner);
