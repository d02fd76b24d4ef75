using Splitrail.Features;
using Splitrail.Retrieval;

namespace Splitrail.Trainer.Ranker.Contexts;

/// <summary>Candidates of contexts as feature rows, made by the code that serves: the generator, the default mix, the feature set.</summary>
internal sealed class ContextRows(CandidateGenerator generator, int candidates)
{
    private readonly ShopFeatures _features = new(generator.Model.Statistics);
    private readonly Mix _mix = Mixes.Table.Get(Mixes.Default);

    /// <summary>Adds the contexts in their order, worked out on all cores.</summary>
    public void AddTo(TrainingRows rows, IReadOnlyList<RankingContext> contexts)
    {
        var made = new (float[] Features, bool[] Wanted)[contexts.Count];
        Parallel.For(0, contexts.Count, i => made[i] = Make(contexts[i]));
        for (var i = 0; i < contexts.Count; i++)
        {
            var (features, wanted) = made[i];
            if (wanted.Length == 0)
                continue;
            rows.BeginContext(contexts[i].Unit);
            for (var row = 0; row < wanted.Length; row++)
                rows.Add(features.AsSpan(row * rows.Width, rows.Width), wanted[row]);
        }
    }

    /// <summary>Feature rows of a context's candidates, and the candidates.</summary>
    public (CandidateSet Candidates, float[] Features) Rows(RankingContext context)
    {
        var model = generator.Model;
        var query = RetrievalQuery.Create(model, context.User, context.SessionItems, context.NowMs);
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

    private (float[] Features, bool[] Wanted) Make(RankingContext context)
    {
        var (set, features) = Rows(context);
        var items = generator.Model.Items;
        return (features, [.. set.Items.Select(item => context.Wanted.Contains(items[item]))]);
    }
}
