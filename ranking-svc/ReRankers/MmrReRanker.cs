using Splitrail.Contracts;
using Splitrail.Policies;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>Diversity: see <see cref="Mmr"/>.</summary>
internal sealed class MmrReRanker : IReRanker
{
    public const double DefaultWeight = 0.3;

    public string Name => ReRankerNames.Mmr;

    public void ReRank(Slate slate, in ReRankCase about)
    {
        var categories = new CategoryLikeness(slate.Categories);
        var vectors = new VectorLikeness(slate.Offers, about.State.Vectors);
        switch (about.Options.DiversityBy)
        {
            case Likeness.Vectors:
                Choose(slate, about.Options, vectors);
                break;
            case Likeness.Both:
                Choose(slate, about.Options, new MeanLikeness(categories, vectors));
                break;
            default:
                Choose(slate, about.Options, categories);
                break;
        }
    }

    private static void Choose<TLikeness>(Slate slate, ReRankOptions options, TLikeness likeness)
        where TLikeness : ILikeness, allows ref struct =>
        Mmr.Choose(slate.Order, slate.Wanted, slate.Scores, likeness, (float)(options.DiversityWeight ?? DefaultWeight), slate.Spare);
}
