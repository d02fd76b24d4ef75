using Splitrail.Contracts;

namespace Splitrail.Gateway.Shop;

/// <summary>Answer of <c>GET /users</c>.</summary>
internal sealed record UserPage(IReadOnlyList<string> Users, long Total);

/// <summary>Answer of <c>GET /stats</c>.</summary>
/// <param name="Users">Known users.</param>
/// <param name="Items">Items of the catalogue.</param>
/// <param name="Events">Events ever taken.</param>
/// <param name="FirstEvent">Time of the oldest.</param>
/// <param name="LastEvent">Time of the newest.</param>
/// <param name="CatalogVersion">The catalogue this gateway serves with.</param>
/// <param name="SnapshotVersion">The control snapshot this gateway serves with.</param>
/// <param name="ActiveModel">The model in production.</param>
/// <param name="Experiments">Running ones.</param>
internal sealed record ShopSummary(
    long Users,
    long Items,
    long Events,
    DateTimeOffset? FirstEvent,
    DateTimeOffset? LastEvent,
    long CatalogVersion,
    long SnapshotVersion,
    string? ActiveModel,
    IReadOnlyList<string> Experiments)
{
    public static ShopSummary Of(ShopStatistics statistics, long catalogVersion, ControlSnapshot snapshot) => new(
        statistics.Users,
        statistics.Items,
        statistics.Events,
        Time(statistics.FirstEventMs),
        Time(statistics.LastEventMs),
        catalogVersion,
        snapshot.Version,
        snapshot.ActiveModel,
        [.. snapshot.Layers.SelectMany(static layer => layer.Experiments).Select(static experiment => experiment.Id)]);

    private static DateTimeOffset? Time(long? unixMs) => unixMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}

/// <summary>Answer of <c>GET /model/info</c>.</summary>
/// <param name="Status"><c>found</c>, or <c>not_ready</c> before a model is loaded.</param>
/// <param name="ModelVersion">Its version.</param>
/// <param name="TrainedAt">When.</param>
/// <param name="FeatureSet">The ranker's features.</param>
/// <param name="Items">Items it knows.</param>
/// <param name="TrainingEvents">Events it was trained on.</param>
/// <param name="Metrics">Quality as measured by the trainer.</param>
internal sealed record ModelShown(
    string Status,
    string? ModelVersion,
    DateTimeOffset? TrainedAt,
    string? FeatureSet,
    int Items,
    long TrainingEvents,
    IReadOnlyDictionary<string, double>? Metrics)
{
    public static ModelShown Of(ModelSummary model) =>
        new(model.Outcome, model.ModelVersion, model.TrainedAt, model.FeatureSet, model.Items, model.TrainingEvents, model.Metrics);
}
