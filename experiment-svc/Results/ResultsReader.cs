using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Interleaving;
using Splitrail.ExperimentSvc.Results.Shown;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Results as the evaluator sees them, by the same code from the same sums: what is shown is what is decided by.</summary>
internal sealed class ResultsReader(FactsReader facts, DecisionStore decisions, ShownReader shown, InterleavingReader interleaving)
{
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<ResultsView> ReadAsync(ExperimentRecord record, CancellationToken cancellationToken)
    {
        var before = await decisions.OfAsync(record.Id, cancellationToken);
        var counted = await facts.ReadAsync(record, before, cancellationToken);
        var view = ResultsText.Of(record, counted, counted.Facts.ToInput(), counted.Facts.Evaluated(), before, await shown.ReadAsync(record, cancellationToken));
        return record.Definition.Type == ExperimentTypes.Interleaving
            ? view with { Interleaving = InterleavingView.Of(record.Definition, await interleaving.ReadAsync(record.Id, cancellationToken)) }
            : view;
    }
}
