using System.Runtime.InteropServices;
using Splitrail.Contracts;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.Retrieval;

namespace Splitrail.RankingSvc.Weights;

/// <summary>The parts of a request's scores, each brought to 0..1: what has no scale of its own goes from the least to the greatest of the request's offers.</summary>
internal readonly ref struct PartScaling
{
    private const string ContentSignal = "content";
    private const double HalfLifeDays = 30;

    /// <summary>Four times the usual price, or a quarter of it.</summary>
    private static readonly float s_farPrice = MathF.Log(4);

    private readonly Slate _slate;
    private readonly ReadOnlySpan<float> _scores;
    private readonly ReRankCase _about;
    private readonly float _usualPrice;
    private readonly (int Signal, float Least, float Reach) _affinity;
    private readonly (int Signal, float Least, float Reach) _content;
    private readonly (float Least, float Reach) _ranker;
    private readonly (float Least, float Reach) _popularity;

    /// <param name="slate">The offers.</param>
    /// <param name="scores">The ranker's, by place.</param>
    /// <param name="about">The request and the model.</param>
    public PartScaling(Slate slate, ReadOnlySpan<float> scores, in ReRankCase about)
    {
        _slate = slate;
        _scores = scores;
        _about = about;
        _usualPrice = UsualPrice.LogOf(about);
        _affinity.Signal = Array.IndexOf(about.Request.Candidates.Signals, SignalNames.Als);
        _content.Signal = Array.IndexOf(about.Request.Candidates.Signals, ContentSignal);
        var (ranker, popularity, affinity, content) = (new Bounds(), new Bounds(), new Bounds(), new Bounds());
        for (var place = 0; place < scores.Length; place++)
        {
            ranker.Add(scores[place]);
            popularity.Add(Popularity(place));
            affinity.Add(Signal(place, _affinity.Signal));
            content.Add(Signal(place, _content.Signal));
        }

        (_ranker, _popularity) = (ranker.Span, popularity.Span);
        (_affinity.Least, _affinity.Reach) = affinity.Span;
        (_content.Least, _content.Reach) = content.Span;
    }

    public ScoreParts Of(int place)
    {
        ref readonly var offer = ref CollectionsMarshal.AsSpan(_slate.Offers)[place];
        return new ScoreParts(
            Scaled(_scores[place], _ranker.Least, _ranker.Reach),
            Scaled(Signal(place, _affinity.Signal), _affinity.Least, _affinity.Reach),
            Scaled(Popularity(place), _popularity.Least, _popularity.Reach),
            Math.Pow(2, -ItemAge.DaysOf(offer, _about.State.Bundle.Statistics, _about.Request.NowMs) / HalfLifeDays),
            float.IsNaN(_usualPrice) || float.IsNaN(offer.LogPrice) ? 0 : Math.Max(0, 1 - (MathF.Abs(offer.LogPrice - _usualPrice) / s_farPrice)),
            Scaled(Signal(place, _content.Signal), _content.Least, _content.Reach));
    }

    private static double Scaled(float value, float least, float reach) => reach > 0 ? (value - least) / reach : 0;

    private float Popularity(int place) => _about.State.Features.PopularityOf(_slate.Offers[place].Position);

    private float Signal(int place, int signal) => signal < 0 ? 0f : _about.Request.Candidates.SignalsOf(_slate.Offers[place].Candidate)[signal];

    private struct Bounds()
    {
        private float _least = float.PositiveInfinity;
        private float _greatest = float.NegativeInfinity;

        public readonly (float Least, float Reach) Span => (_least, _greatest - _least);

        public void Add(float value) => (_least, _greatest) = (Math.Min(_least, value), Math.Max(_greatest, value));
    }
}
