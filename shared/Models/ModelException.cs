namespace Splitrail.Models;

/// <summary>A model folder is missing, damaged or of another format. The message names folder, file and what is wrong.</summary>
public sealed class ModelException : Exception
{
    public ModelException(string message) : base(message)
    {
    }

    public ModelException(string message, Exception inner) : base(message, inner)
    {
    }

    public ModelException()
    {
    }
}
