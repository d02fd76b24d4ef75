using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Results;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <summary>Reads what an experiment's page shows.</summary>
internal sealed class ExperimentPages(DefinitionStore store, ExperimentReader reader, ResultsReader results, HistoryReader history, CommentStore comments)
{
    /// <summary>Null when there is no such experiment.</summary>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<Held<ExperimentRecord>?> FindAsync(string id, CancellationToken cancellationToken) => (await store.ReadAsync(cancellationToken)).Experiments.GetValueOrDefault(id);

    /// <param name="held">The experiment.</param>
    /// <param name="split">The split as it was typed; null shows the one that is.</param>
    /// <param name="said">What became of the last thing that was asked.</param>
    /// <param name="typed">What was typed with it, when it was refused.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<ExperimentModel> ReadAsync(Held<ExperimentRecord> held, SplitForm? split, Said? said, SentForm? typed, CancellationToken cancellationToken)
    {
        var record = held.Value;
        return new ExperimentModel(
            await reader.ViewAsync(held, null, cancellationToken),
            record.Lifecycle.StartedMs is null ? null : await results.ReadAsync(record, cancellationToken),
            await history.OfAsync(record.Id, cancellationToken),
            await comments.OfAsync(record.Id, cancellationToken),
            split ?? SplitForm.Of(record.Definition, held.Version),
            said,
            typed);
    }
}
