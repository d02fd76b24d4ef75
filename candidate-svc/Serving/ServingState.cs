using Splitrail.CandidateSvc.Embeddings;
using Splitrail.CandidateSvc.Filters;
using Splitrail.Feeds;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc.Serving;

/// <summary>All that a request works with, of one model and one catalogue. Immutable: a request that holds it is not disturbed by a swap.</summary>
/// <param name="Bundle">The model.</param>
/// <param name="Generator">Makes candidates from it.</param>
/// <param name="Catalog">The catalogue.</param>
/// <param name="Facts">The catalogue as bitmaps over the model's items.</param>
/// <param name="Embeddings">Vectors from outside over the catalogue; null when there are none.</param>
internal sealed record ServingState(ModelBundle Bundle, CandidateGenerator Generator, Catalog Catalog, ItemFacts Facts, EmbeddingSpace? Embeddings)
{
    public string Version => Bundle.Manifest.Version;
}
