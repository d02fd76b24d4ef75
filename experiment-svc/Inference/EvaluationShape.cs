namespace Splitrail.ExperimentSvc.Inference;

/// <summary>Holds that an input fits together; what does not is a bug of whoever made it.</summary>
internal static class EvaluationShape
{
    /// <exception cref="ArgumentException">Says which part does not fit.</exception>
    public static void Check(EvaluationInput input)
    {
        var (arms, epochs) = (input.Arms.Count, input.Epochs.Count);
        var controls = 0;
        foreach (var arm in input.Arms)
            controls += arm.IsControl ? 1 : 0;
        if (controls != 1 || arms < 2)
            throw new ArgumentException($"{arms} arms with {controls} controls; one control and a treatment are needed", nameof(input));
        foreach (var epoch in input.Epochs)
            Must(epoch.Users.Count == arms && epoch.Shares.Count == arms, "epoch", epoch.Id);
        foreach (var metric in input.Metrics)
        {
            Must(metric.Cells.Count == arms, "metric", metric.Name);
            foreach (var cells in metric.Cells)
                Must(cells.Count == epochs, "metric", metric.Name);
        }

        foreach (var look in input.Looks)
            Must(look.Information.Count == arms, "look", look.Planned);

        void Must<T>(bool fits, string kind, T which)
        {
            if (!fits)
                throw new ArgumentException($"{kind} {which} does not have {arms} arms and {epochs} epochs", nameof(input));
        }
    }
}
