namespace Splitrail.Trainer;

/// <summary>Something the person at the keyboard can put right. The message says what was found, what was expected and what to do.</summary>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
