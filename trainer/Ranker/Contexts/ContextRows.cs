using Splitrail.Features;
using Splitrail.Randomness;
using Splitrail.Retrieval;

namespace Splitrail.Trainer.Ranker.Contexts;

/// <summary>Candidates of contexts as feature rows, made by the code that serves: the generator, a mix, the feature set.</summary>
/// <param name="generator">Of models that know nothing later than the contexts.</param>
/// <param name="candidates">Of a context at most.</param>
/// <param name="mix">Null for the default one.</param>
/// <param name="excludeBoughtDays">See <see cref="RetrievalQuery.Create"/>.</param>
internal sealed class ContextRows(CandidateGenerator generator, int candidates, Mix? mix = null, int excludeBoughtDays = 0)
{
    private readonly ShopFeatures _features = new(generator.Model.Statistics);
    private readonly Mix _mix = mix ?? Mixes.Table.Get(Mixes.Default);

    /// <summary>Adds the contexts in their order, worked out on all cores.</summary>
    /// <param name="contexts">Moments of the past.</param>
    /// <param name="untilMs">End of the window that their labels are of.</param>
    /// <param name="maxUnwanted">Of a context's unwanted candidates so many are kept, evenly spread from best to worst, and stand for the rest.</param>
    /// <param name="rowsFor">Where a context's rows go.</param>
    public void Add(IReadOnlyList<RankingContext> contexts, long untilMs, int maxUnwanted, Func<RankingContext, TrainingRows> rowsFor)
    {
        var made = new (CandidateSet Candidates, float[] Features)[contexts.Count];
        Parallel.For(0, contexts.Count, i => made[i] = Rows(contexts[i]));
        for (var i = 0; i < contexts.Count; i++)
            AddTo(rowsFor(contexts[i]), contexts[i], untilMs, made[i].Candidates, made[i].Features, maxUnwanted);
    }

    /// <summary>All candidates of contexts, none left out.</summary>
    public CandidateList[] Lists(IReadOnlyList<RankingContext> contexts)
    {
        var items = generator.Model.Items;
        var lists = new CandidateList[contexts.Count];
        Parallel.For(0, lists.Length, i =>
        {
            var (set, features) = Rows(contexts[i]);
            // An item the catalogue gained after the cut has no position: nobody can recommend it, and it counts as missed.
            var wanted = contexts[i].Wanted.Select((id, n) => items.Find(id) is >= 0 and var item ? item : -1 - n).ToHashSet();
            lists[i] = new CandidateList(set.Items, features, wanted);
        });
        return lists;
    }

    /// <summary>A context's candidates, best first by the mix, and their feature rows.</summary>
    public (CandidateSet Candidates, float[] Features) Rows(RankingContext context)
    {
        var model = generator.Model;
        var query = RetrievalQuery.Create(model, context.User, context.SessionItems, context.NowMs, excludeBoughtDays);
        var set = generator.Generate(query, _mix, candidates);
        var user = new UserProfile(model.Items, model.Statistics, context.User, context.SessionItems, context.NowMs);
        var width = ShopFeatures.Set.Width;
        var features = new float[set.Count * width];
        for (var i = 0; i < set.Count; i++)
        {
            var item = set.Items[i];
            var signals = SignalLayout.Natural.Read(set.SignalsOf(i));
            _features.Write(user, item, model.Statistics.LogPrice[item], signals, features.AsSpan(i * width, width));
        }

        return (set, features);
    }

    private void AddTo(TrainingRows rows, RankingContext context, long untilMs, CandidateSet candidates, float[] features, int maxUnwanted)
    {
        var items = generator.Model.Items;
        var wanted = Array.ConvertAll(candidates.Items, item => context.Wanted.Contains(items[item]));
        var unwanted = wanted.Count(static one => !one);
        var stride = Math.Max(1f, unwanted / (float)maxUnwanted);
        var next = stride * (SplitMix64.Mix(context.Unit) % 1024) / 1024;
        rows.BeginContext(context.Unit, context.NowMs, untilMs);
        for (int i = 0, passed = 0; i < wanted.Length; i++)
        {
            if (!wanted[i])
            {
                if (passed++ < (int)next)
                    continue;
                next += stride;
            }

            rows.Add(features.AsSpan(i * rows.Width, rows.Width), wanted[i], wanted[i] ? 1f : stride);
        }
    }
}
