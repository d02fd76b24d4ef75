namespace Splitrail.Trainer.Ranker;

/// <summary>Networks, and logistic regression as a network without hidden layers: rows first, then whole lists as far as that helps.</summary>
internal sealed class NetworkLearner(string name, NetworkOptions options) : IRankerLearner
{
    public string Name => name;

    public LearntScorer Learn(RankerTask task)
    {
        var fit = Start(task, task.Training, out var rows);
        var best = (Network: fit.Copy(), Loss: fit.Loss(task.Validation), Passes: 0, ListPasses: 0);
        fit.LearnRows(rows, options.MaxPasses, pass => IsWorthwhile("rows", pass, 0));
        var byRows = best.Passes;
        fit.Restore(best.Network);
        fit.LearnLists(task.Training, options.ListPasses, pass => IsWorthwhile("lists", byRows, pass));
        return new LearntScorer(best.Network, () => Refit(task, best.Passes, best.ListPasses));

        bool IsWorthwhile(string by, int passes, int listPasses)
        {
            var loss = fit.Loss(task.Validation);
            task.Progress?.Invoke($"{name}: by {by}, pass {(listPasses > 0 ? listPasses : passes)}, validation loss {loss:0.00000}");
            if (loss < best.Loss)
                best = (fit.Copy(), loss, passes, listPasses);
            return (listPasses > 0 ? listPasses - best.ListPasses : passes - best.Passes) < options.Patience;
        }
    }

    private Network Refit(RankerTask task, int passes, int listPasses)
    {
        int[] all = [.. Enumerable.Range(0, task.Rows.Contexts)];
        var fit = Start(task, all, out var rows);
        fit.LearnRows(rows, passes, static _ => true);
        fit.Restore(fit.Copy());
        fit.LearnLists(all, listPasses, static _ => true);
        return fit.Copy();
    }

    private NetworkFit Start(RankerTask task, int[] contexts, out int[] rows)
    {
        rows = ValidationSplit.RowsOf(task.Rows, contexts);
        return new NetworkFit(task, rows, options);
    }
}
