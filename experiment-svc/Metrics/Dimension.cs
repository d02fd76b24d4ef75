namespace Splitrail.ExperimentSvc.Metrics;

/// <summary>
/// What results can be split by. Its values are fixed words, so that there are few of them whatever is sent, and which ones there are does not depend on what came first: everything else is
/// <see cref="DimensionTable.Other"/>.
/// </summary>
/// <param name="Name">As the API names it.</param>
/// <param name="Summary">One sentence for owners.</param>
/// <param name="Fold">From what was sent to a value.</param>
internal sealed record Dimension(string Name, string Summary, Func<string, string> Fold)
{
    /// <summary>The value of what was sent; null is not known.</summary>
    public string ValueOf(string? sent) => string.IsNullOrWhiteSpace(sent) ? DimensionTable.Unknown : Fold(sent.Trim());
}
