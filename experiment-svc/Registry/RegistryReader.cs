using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>The registry in words of the API.</summary>
internal sealed class RegistryReader(ControlPlane control)
{
    /// <param name="set">The definitions.</param>
    /// <param name="type">Only versions of this type; null for all.</param>
    /// <param name="stage">Only versions in this stage; null for all.</param>
    public ModelList List(DefinitionSet set, string? type, string? stage)
    {
        var production = set.Production.Value;
        ModelView[] models =
        [
            .. set.Models.Values.Select(static held => held.Value)
                .Where(model => (type is null || model.Stages.ContainsKey(type)) && (stage is null || model.Stages.Any(one => one.Value == stage && (type is null || one.Key == type))))
                .OrderByDescending(static model => model.RegisteredMs).ThenByDescending(static model => model.Version, StringComparer.Ordinal)
                .Select(model => View(set, model)),
        ];
        return new ModelList(
            production.Lineup.Candidate ?? control.Current?.ActiveModel, control.Current?.Version ?? 0, production.Lineup, production.Previous, production.RollsBackTo,
            production.Watch is { } watch ? DateTimeOffset.FromUnixTimeMilliseconds(watch.UntilMs) : null, [.. models.Select(static model => model.Version)], models);
    }

    public static ModelView View(DefinitionSet set, RegisteredModel model)
    {
        var manifest = model.Manifest;
        return new ModelView(
            model.Version, manifest.UsedFor, model.Stages, model.Files, DateTimeOffset.FromUnixTimeMilliseconds(model.RegisteredMs), manifest.TrainedAt, manifest.Dataset, manifest.DatasetFingerprint,
            manifest.FeatureSet, manifest.FamilyName, manifest.Parent, manifest.Files.Sum(static file => file.Bytes), manifest.Metrics,
            [.. set.Records.Where(record => record.IsRunning && record.Definition.Arms.Any(arm => arm.Parameters.Model == model.Version)).Select(static record => record.Id)]);
    }

    public ModelChange Change(EditOutcome outcome, string? version) => new(
        version is not null && outcome.Definitions.Models.GetValueOrDefault(version)?.Value is { } model ? View(outcome.Definitions, model) : null,
        outcome.Definitions.Production.Value.Lineup, outcome.Snapshot?.Version ?? control.Current?.Version ?? 0, outcome.Snapshot is not null);

    public static ModelComparison Compare(ModelManifest one, ModelManifest other) => new(
        one.Version, other.Version, one.DatasetFingerprint == other.DatasetFingerprint,
        Side(one.Metrics, other.Metrics, static (name, difference) => difference == 0 || MetricGates.LessIsBetter(name) is not { } less ? null : less == difference < 0),
        [.. Side(one.HyperParameters, other.HyperParameters, static (_, _) => null).Where(static row => row.Value != row.With)]);

    private static ComparedMetric[] Side(IReadOnlyDictionary<string, double> one, IReadOnlyDictionary<string, double> other, Func<string, double, bool?> better) =>
    [
        .. one.Keys.Union(other.Keys).Order(StringComparer.Ordinal).Select(name =>
        {
            double? ours = one.TryGetValue(name, out var value) ? value : null;
            double? theirs = other.TryGetValue(name, out var with) ? with : null;
            var difference = ours - theirs;
            return new ComparedMetric(name, ours, theirs, difference, difference is null || theirs == 0 ? null : difference / Math.Abs(theirs!.Value), difference is { } known ? better(name, known) : null);
        }),
    ];
}
