namespace Splitrail.Retrieval.Embeddings;

/// <summary>A file of embeddings cannot be taken. The message names file, place and what is wrong.</summary>
public sealed class EmbeddingException : Exception
{
    public EmbeddingException(string message) : base(message)
    {
    }

    public EmbeddingException(string message, Exception inner) : base(message, inner)
    {
    }

    public EmbeddingException()
    {
    }
}
