using Splitrail.Models;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval.Embeddings;

/// <summary>Vectors of items, made elsewhere: row i belongs to item i. All of length 1, so that a product is a cosine.</summary>
/// <param name="Items">The items.</param>
/// <param name="Rows">Their vectors.</param>
/// <param name="WithoutDirection">Items left out because all numbers of theirs were 0: such a vector is like nothing.</param>
public sealed record EmbeddingSet(ItemIndex Items, FloatRows Rows, IReadOnlyList<string> WithoutDirection);
