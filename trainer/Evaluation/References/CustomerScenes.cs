using Splitrail.Datasets;
using Splitrail.Retrieval;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Evaluation.References;

/// <summary>
/// Customers with a history before the cut; wanted is what they bought from then on. Of new items only, what a customer had is masked and not wanted.
/// </summary>
internal sealed class CustomerScenes
{
    private readonly EventRow[] _known;
    private readonly ReferencePeriod _period;
    private readonly CandidateGenerator _generator;

    public CustomerScenes(DatasetFolder dataset, ReferencePeriod period, RetrievalOptions options)
    {
        _known = [.. dataset.ReadEvents().Where(static row => row.UserId is not null)];
        _period = period;
        _generator = new CandidateGenerator(RetrievalTrainer.Train(InteractionLog.From([.. dataset.ReadItems()], _known), period.CutMs, options));
    }

    public ReferenceScene Asked(bool onlyNew) => new(
        _generator,
        [.. _known.GroupBy(static row => row.UserId!, StringComparer.Ordinal).Select(customer => Case([.. customer], onlyNew)).OfType<ReferenceCase>()]);

    private ReferenceCase? Case(EventRow[] customer, bool onlyNew)
    {
        var model = _generator.Model;
        var past = customer.Where(row => row.TimestampMs < _period.CutMs).ToArray();
        var wanted = customer.Where(_period.Asks).Select(static row => row.ItemId).ToHashSet(StringComparer.Ordinal);
        if (onlyNew)
            wanted.ExceptWith(past.Select(static row => row.ItemId));
        return past.Length > 0 && wanted.Count > 0
            ? new ReferenceCase(KnownPast.Query(model, past, onlyNew, _period.CutMs), KnownPast.Wanted(model.Items, wanted))
            : null;
    }
}
