namespace Splitrail.Retrieval;

/// <summary>
/// The items of the highest predicted ratings; nothing where the model predicts none. Sampled, it takes the highest by one draw of all tastes instead of their mean (Thompson 1933; Chapelle and Li 2011): what is little known
/// is then offered as often as it may well be the best. The draw is the same for the same request.
/// </summary>
internal sealed class RatingSource(string name, bool isSampled) : ICandidateSource
{
    public string Name => name;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota)
    {
        if (scratch.Ratings is { } ratings)
            scratch.ProposeBest(isSampled ? ratings.Drawn(query.Seed) : ratings.Means(), query, quota);
    }
}
