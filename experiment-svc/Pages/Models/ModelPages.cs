using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.ExperimentSvc.Registry.Calibration;
using Splitrail.ExperimentSvc.Registry.ServedDays;

namespace Splitrail.ExperimentSvc.Pages.Models;

/// <summary>Reads what the page of models shows.</summary>
internal sealed class ModelPages(
    DefinitionStore store, RegistryReader registry, HistoryReader history, ServedModelReader served, ModelDayStore days, CalibrationMetrics calibration, ExperimentOptions options)
{
    private const int ShownDays = 60;

    /// <param name="said">What became of the last thing that was asked.</param>
    /// <param name="typed">What was typed with it, when it was refused.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<ModelsModel> ReadAsync(Said? said, SentForm? typed, CancellationToken cancellationToken) => new(
        registry.List(await store.ReadAsync(cancellationToken), null, null),
        await history.OfAsync(DefinitionKinds.Production, DefinitionKinds.Production, cancellationToken),
        said,
        typed,
        await served.ReadAsync(cancellationToken),
        new ServedOutcomes(await days.ReadAsync(ShownDays, cancellationToken), calibration.Latest, options.Registry.CalibrationAfter));
}
