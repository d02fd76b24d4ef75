using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Randomness;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Evaluation.TwoStage;

/// <summary>
/// Candidates by several sources, a ranker on top, as other implementations were measured on Online Retail: rankers learn what customers bought
/// after the cut-offs 1 August and 1 September 2011 from models of before, and are asked what they bought from 1 October on. Each customer is a
/// context twice, once with everything on offer and once with what is new to him only, so one model serves both questions.
/// </summary>
internal sealed class TwoStageStudy
{
    private const int WholePastDays = 36_500;
    private const int Candidates = 400;
    private static readonly long s_test = Day(10);
    private static readonly (long Cutoff, long End)[] s_windows = [(Day(8), Day(9)), (Day(9), s_test)];

    /// <summary>100 by each of ALS and EASE, 60 by ItemKNN, 40 by popularity; with everything on offer what was bought comes on top.</summary>
    private static readonly Mix s_mix = new(
        "two_stage",
        [
            new(CandidateSources.Als, 100), new(CandidateSources.ItemToItem, 100), new(CandidateSources.ItemKnn, 60),
            new(CandidateSources.Popular, 40), new(CandidateSources.Recent, Candidates),
        ],
        new BlendWeights(0, 1, 0, 0),
        new BlendWeights(1, 0, 0, 0));

    /// <summary>What rankers learn from, of both questions and cut-offs.</summary>
    public required TrainingRows Rows { get; init; }

    /// <summary>Only items new to the customer; 1,768 customers.</summary>
    public required RankedLists NewItems { get; init; }

    /// <summary>Repeats allowed; 1,838 customers.</summary>
    public required RankedLists AllItems { get; init; }

    /// <summary>Category by position, of the lists' items; -1 when unknown.</summary>
    public required int[] Categories { get; init; }

    /// <param name="dataset">Online Retail, with its own dates.</param>
    /// <param name="options">Of the retrieval models.</param>
    /// <param name="progress">Told one line per step.</param>
    public static TwoStageStudy Prepare(DatasetFolder dataset, RetrievalOptions options, Action<string> progress)
    {
        var events = dataset.ReadEvents().Where(static row => row.UserId is not null).ToArray();
        var log = InteractionLog.From([.. dataset.ReadItems()], events);
        var customers = events.GroupBy(static row => row.UserId!, StringComparer.Ordinal).Select(static rows => (rows.Key, rows.ToArray())).ToArray();
        var rows = new TrainingRows(ShopFeatures.Set.Width);
        foreach (var (cutoff, end) in s_windows)
        {
            var generator = GeneratorAt(cutoff);
            foreach (var onlyNew in new[] { false, true })
                Maker(generator, onlyNew).Add(Contexts(customers, cutoff, end, onlyNew), end, int.MaxValue, _ => rows);
            progress($"{rows.Contexts:N0} contexts, {rows.Count:N0} candidates to learn from");
        }

        var test = GeneratorAt(s_test);
        return new TwoStageStudy { Rows = rows, NewItems = Lists(onlyNew: true), AllItems = Lists(onlyNew: false), Categories = test.Model.Statistics.Category };

        CandidateGenerator GeneratorAt(long cutoff)
        {
            progress($"models as of {DateTimeOffset.FromUnixTimeMilliseconds(cutoff):yyyy-MM-dd}");
            return new CandidateGenerator(RetrievalTrainer.Train(log, cutoff, options));
        }

        RankedLists Lists(bool onlyNew) => RankedLists.Of(Contexts(customers, s_test, long.MaxValue, onlyNew), Maker(test, onlyNew), test.Model.Items.Count);
    }

    private static ContextRows Maker(CandidateGenerator generator, bool onlyNew) => new(generator, Candidates, s_mix, onlyNew ? WholePastDays : 0);

    private static RankingContext[] Contexts((string Id, EventRow[] Events)[] customers, long cutoff, long end, bool onlyNew) =>
        [.. customers.Select(customer => Context(customer.Id, customer.Events, cutoff, end, onlyNew))
            .Where(static context => context.User.EventCount > 0 && context.Wanted.Count > 0)];

    private static RankingContext Context(string id, EventRow[] events, long cutoff, long end, bool onlyNew)
    {
        var builder = new UserContextBuilder();
        foreach (var row in events.TakeWhile(row => row.TimestampMs < cutoff))
            builder.Add(row);
        var user = builder.Build();
        var wanted = events.Where(row => row.TimestampMs >= cutoff && row.TimestampMs < end).Select(static row => row.ItemId).ToHashSet(StringComparer.Ordinal);
        if (onlyNew)
            wanted.ExceptWith(user.History.Select(static item => item.ItemId));
        return new RankingContext(SplitMix64.Hash(id), user, [], cutoff, wanted);
    }

    private static long Day(int month) => new DateTimeOffset(2011, month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
