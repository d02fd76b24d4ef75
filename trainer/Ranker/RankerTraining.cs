using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Ranker.Impressions;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// Trains the ranker of a shop as it will be used: models of the past propose candidates, what shoppers did after that past says which were
/// wanted. The cut-offs lie where 90 % and 80 % of the events have happened, and further back in a shop with few shoppers.
/// </summary>
internal sealed class RankerTraining
{
    private static readonly double[] s_cutoffs = [0.9, 0.8, 0.7, 0.6, 0.5];
    private readonly RankerTrainingOptions _options;
    private readonly Action<string>? _progress;
    private readonly TrainingRows _known = new(ShopFeatures.Set.Width);
    private readonly TrainingRows _strangers = new(ShopFeatures.Set.Width);
    private readonly List<CandidateList> _lists = [];
    private int _servedLists;

    private RankerTraining(RankerTrainingOptions options, Action<string>? progress) => (_options, _progress) = (options, progress);

    /// <param name="events">By time; nothing later than what the shop's models may know.</param>
    /// <param name="fitBefore">Trains the retrieval models on what happened before a moment (Unix milliseconds).</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told one line per step.</param>
    /// <returns>Null when the shop has too few events to learn a ranker from: the candidates' own order is all there is then.</returns>
    public static RankerOutcome? Run(
        IEnumerable<EventRow> events, Func<long, RetrievalModel> fitBefore, RankerTrainingOptions options, Action<string>? progress = null)
    {
        var training = new RankerTraining(options, progress);
        training.Collect(ShopLog.Of(events), fitBefore);
        training.AddImpressions();
        return training._known.CanTeach ? training.Learn() : null;
    }

    /// <summary>Lists of which nothing at all was taken say nothing of how likely it is to be looked at: then there is nothing to add.</summary>
    private void AddImpressions()
    {
        if (!_options.Impressions.Any(static list => list.Items.Any(static item => item.Taken)))
        {
            if (_options.Impressions.Count > 0)
                _progress?.Invoke($"ranker: nothing was taken from {_options.Impressions.Count:n0} served lists, so they teach nothing yet");
            return;
        }

        var examination = ExaminationEstimate.Of(_options.Impressions, _options.Seed);
        _progress?.Invoke($"ranker: {_options.Impressions.Count:n0} served lists; looked at by position {string.Join(", ", Enumerable.Range(1, Math.Min(10, examination.Positions)).Select(position => $"{examination.At(position):0.00}"))}");
        _known.Append(ImpressionRows.Of(_options.Impressions, examination));
        _servedLists = _options.Impressions.Count;
    }

    private RankerOutcome Learn()
    {
        var trained = RankerTrainer.Train(_known, RankerLearners.Table.Get(_options.Ranker), _options.Seed, _progress);
        var strangers = StrangerRule.Fit(_strangers.CanTeach ? _strangers : _known, ShopFeatures.KnownFeature, ShopFeatures.PopularityFeature);
        var model = trained.Model with { Strangers = strangers };
        return new RankerOutcome(trained with { Model = model }, _lists, DriftSummary.Of([_known, _strangers], model, ShopFeatures.Set), _servedLists);
    }

    private void Collect(ShopLog log, Func<long, RetrievalModel> fitBefore)
    {
        var sampler = new ContextSampler(_options.UsersPerCutoff, _options.GuestsPerCutoff, _options.Seed);
        var end = long.MaxValue;
        for (var i = 0; i < s_cutoffs.Length && (i < _options.MinCutoffs || _known.Contexts < _options.EnoughContexts); i++)
        {
            var cutoff = log.MomentAt(s_cutoffs[i]);
            var contexts = sampler.Sample(log, cutoff, end);
            if (contexts.Count > 0)
                Add(contexts, cutoff, end, fitBefore);
            end = cutoff;
        }
    }

    private void Add(IReadOnlyList<RankingContext> contexts, long cutoff, long end, Func<long, RetrievalModel> fitBefore)
    {
        _progress?.Invoke($"ranker: models as of {DateTimeOffset.FromUnixTimeMilliseconds(cutoff):yyyy-MM-dd HH:mm}");
        var rows = new ContextRows(new CandidateGenerator(fitBefore(cutoff)), _options.Candidates);
        rows.Add(contexts, end, _options.MaxUnwanted, context => context.IsStranger ? _strangers : _known);
        if (_lists.Count == 0)
            _lists.AddRange(rows.Lists([.. contexts.Where(static context => !context.IsStranger).Take(_options.CheckedLists)]));
        _progress?.Invoke($"ranker: {_known.Contexts + _strangers.Contexts:n0} contexts, {_known.Count + _strangers.Count:n0} candidates so far");
    }
}
