using Splitrail.Models;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval.Embeddings;

/// <summary>Embeddings ready to be searched.</summary>
/// <param name="Items">Item of each row.</param>
/// <param name="Index">Their vectors, of length 1.</param>
public sealed record EmbeddingIndex(ItemIndex Items, IVectorIndex Index);
