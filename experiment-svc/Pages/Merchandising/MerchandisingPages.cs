using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.ExperimentSvc.Pages.Experiments;

namespace Splitrail.ExperimentSvc.Pages.Merchandising;

/// <summary>Reads what the pages of weights and rules show.</summary>
internal sealed class MerchandisingPages(DefinitionStore store, HistoryReader history, TimeProvider time)
{
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<WeightsModel> WeightsAsync(Said? said, SentForm? typed, CancellationToken cancellationToken) =>
        new(WeightsView.All((await store.ReadAsync(cancellationToken)).Merchandising), said, typed);

    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<RulesModel> RulesAsync(Said? said, CancellationToken cancellationToken) =>
        new(RuleView.All((await store.ReadAsync(cancellationToken)).Merchandising, time.GetUtcNow()), said);

    /// <summary>The rule as it is; null when there is none.</summary>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<Held<RuleRecord>?> FindRuleAsync(string id, CancellationToken cancellationToken) => (await store.ReadAsync(cancellationToken)).Merchandising.Find(id);

    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(string id, CancellationToken cancellationToken) => await history.OfAsync(DefinitionKinds.Rule, id, cancellationToken);
}
