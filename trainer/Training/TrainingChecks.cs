namespace Splitrail.Trainer.Training;

/// <summary>Whether there is anything to learn. A training that is refused leaves the model in production as it is.</summary>
internal static class TrainingChecks
{
    /// <summary>With fewer, whatever is learnt is chance.</summary>
    public const int LeastInteractions = 50;

    /// <exception cref="InputException">There is too little; the message says what was found and what is needed.</exception>
    public static void Require(InteractionLog log, string dataset)
    {
        var (liked, subjects, items) = (0, new HashSet<int>(), new HashSet<int>());
        for (var e = 0; e < log.Count; e++)
        {
            if (!(log.Weight[e] > 0))
                continue;
            liked++;
            subjects.Add(log.Subject[e]);
            items.Add(log.Item[e]);
        }

        if (liked == 0)
            throw new InputException($"dataset {dataset} has {log.Count:N0} events and none of interest (purchase, add_to_cart, like, click, view, or a rating of 4 and more): import events first");
        if (items.Count == 1)
            throw new InputException($"all {liked:N0} interactions of dataset {dataset} are with one item, '{log.Items[items.First()].ItemId}': there is nothing to tell items apart by; check the column that item ids come from");
        if (subjects.Count == 1)
            throw new InputException($"all {liked:N0} interactions of dataset {dataset} are of one user, '{log.SubjectIds[subjects.First()]}': there is nobody to compare with; check the column that user ids come from");
        if (liked < LeastInteractions)
            throw new InputException($"dataset {dataset} has {liked:N0} interactions: give at least {LeastInteractions}");
    }
}
