using Splitrail.Datasets;
using Splitrail.Retrieval;
using Splitrail.Trainer.Evaluation;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Tuning;

/// <summary>Models learnt before a moment, asked what known users and guests with one item wanted between it and a later one. The lists are the candidates' own order: what the ranker then starts from.</summary>
internal sealed class TuningScene
{
    private const int GuestItems = 1;
    private readonly InteractionLog _log;
    private readonly long _cutMs;
    private readonly RankingContext[] _people;

    /// <param name="log">Of all events.</param>
    /// <param name="events">Those before the later moment, by time.</param>
    /// <param name="cutMs">The earlier moment.</param>
    /// <param name="most">People to ask for; of more a fixed sample is taken.</param>
    public TuningScene(InteractionLog log, EventRow[] events, long cutMs, int most)
    {
        var split = new TemporalSplit(events, cutMs);
        (_log, _cutMs) = (log, cutMs);
        _people = [.. split.Users().Concat(split.Guests(GuestItems)).OrderBy(static person => person.Unit).Take(most)];
    }

    public int People => _people.Length;

    /// <summary>NDCG@10 by person.</summary>
    public double[] Quality(RetrievalOptions options)
    {
        var generator = new CandidateGenerator(RetrievalTrainer.Train(_log, _cutMs, options));
        var lists = new Recommenders(generator).Candidates(Mixes.Default);
        var quality = new double[_people.Length];
        Parallel.For(0, quality.Length, person =>
        {
            var sum = new RankingQuality(generator.Model.Items.Count);
            sum.Add(lists(_people[person]), _people[person].Wanted.Select((id, n) => generator.Model.Items.Find(id) is >= 0 and var item ? item : -1 - n).ToHashSet());
            quality[person] = sum.Ndcg;
        });
        return quality;
    }
}
