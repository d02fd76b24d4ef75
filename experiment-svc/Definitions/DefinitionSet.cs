using System.Collections.Immutable;
using System.Text.Json;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.ExperimentSvc.Registry;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>A definition and the version of its last edit; a new one has 0 until it is stored.</summary>
internal sealed record Held<T>(T Value, long Version);

/// <summary>All that is defined, as of one moment.</summary>
internal sealed record DefinitionSet
{
    private static readonly ImmutableSortedDictionary<string, Held<ExperimentRecord>> s_noExperiments =
        ImmutableSortedDictionary.Create<string, Held<ExperimentRecord>>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, Held<DefinedLayer>> s_noLayers = ImmutableSortedDictionary.Create<string, Held<DefinedLayer>>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, Held<RegisteredModel>> s_noModels = ImmutableSortedDictionary.Create<string, Held<RegisteredModel>>(StringComparer.Ordinal);

    public static DefinitionSet Empty { get; } = new();

    public ImmutableSortedDictionary<string, Held<ExperimentRecord>> Experiments { get; init; } = s_noExperiments;

    public ImmutableSortedDictionary<string, Held<DefinedLayer>> Layers { get; init; } = s_noLayers;

    public Held<FlagSet> Flags { get; init; } = new(new FlagSet(), 0);

    public Held<DefinedHoldout> Holdout { get; init; } = new(new DefinedHoldout(), 0);

    public MerchandisingSet Merchandising { get; init; } = MerchandisingSet.Empty;

    /// <summary>Model versions.</summary>
    public ImmutableSortedDictionary<string, Held<RegisteredModel>> Models { get; init; } = s_noModels;

    /// <summary>Which of them serve.</summary>
    public Held<ProductionState> Production { get; init; } = new(new ProductionState(), 0);

    public IEnumerable<ExperimentRecord> Records => Experiments.Values.Select(static held => held.Value);

    public IEnumerable<ExperimentRecord> RunningIn(string layer) => Records.Where(record => record.IsRunning && record.Definition.Layer == layer);

    public DefinitionSet With(ExperimentRecord record) =>
        this with { Experiments = Experiments.SetItem(record.Id, new(record, Experiments.GetValueOrDefault(record.Id)?.Version ?? 0)) };

    public DefinitionSet With(DefinedLayer layer) => this with { Layers = Layers.SetItem(layer.Id, new(layer, Layers.GetValueOrDefault(layer.Id)?.Version ?? 0)) };

    public DefinitionSet With(RegisteredModel model) => this with { Models = Models.SetItem(model.Version, new(model, Models.GetValueOrDefault(model.Version)?.Version ?? 0)) };

    public DefinitionSet With(ProductionState production) => this with { Production = Production with { Value = production } };

    /// <summary>Each definition as its row in SQL.</summary>
    public IEnumerable<DefinitionRow> Rows()
    {
        foreach (var (id, held) in Layers)
            yield return new(DefinitionKinds.Layer, id, held.Version, JsonSerializer.Serialize(held.Value, DefinitionJson.Default.DefinedLayer));
        foreach (var (id, held) in Experiments)
            yield return new(DefinitionKinds.Experiment, id, held.Version, JsonSerializer.Serialize(held.Value, DefinitionJson.Default.ExperimentRecord));
        yield return new(DefinitionKinds.Flags, DefinitionKinds.Flags, Flags.Version, JsonSerializer.Serialize(Flags.Value, DefinitionJson.Default.FlagSet));
        yield return new(DefinitionKinds.Holdout, DefinitionKinds.Holdout, Holdout.Version, JsonSerializer.Serialize(Holdout.Value, DefinitionJson.Default.DefinedHoldout));
        foreach (var row in Merchandising.Rows())
            yield return row;
        foreach (var (id, held) in Models)
            yield return new(DefinitionKinds.Model, id, held.Version, JsonSerializer.Serialize(held.Value, DefinitionJson.Default.RegisteredModel));
        // A shop without models has no such row.
        if (Production.Version > 0 || Models.Count > 0)
            yield return new(DefinitionKinds.Production, DefinitionKinds.Production, Production.Version, JsonSerializer.Serialize(Production.Value, DefinitionJson.Default.ProductionState));
    }

    public static DefinitionSet Of(IEnumerable<DefinitionRow> rows)
    {
        var set = Empty;
        foreach (var row in rows)
        {
            set = row.Kind switch
            {
                DefinitionKinds.Layer => set with { Layers = set.Layers.SetItem(row.Id, new(Read(row, DefinitionJson.Default.DefinedLayer), row.Version)) },
                DefinitionKinds.Experiment => set with { Experiments = set.Experiments.SetItem(row.Id, new(Read(row, DefinitionJson.Default.ExperimentRecord), row.Version)) },
                DefinitionKinds.Flags => set with { Flags = new(Read(row, DefinitionJson.Default.FlagSet), row.Version) },
                DefinitionKinds.Holdout => set with { Holdout = new(Read(row, DefinitionJson.Default.DefinedHoldout), row.Version) },
                DefinitionKinds.Rule or DefinitionKinds.RankingWeights => set with { Merchandising = set.Merchandising.With(row) },
                DefinitionKinds.Model => set with { Models = set.Models.SetItem(row.Id, new(Read(row, DefinitionJson.Default.RegisteredModel), row.Version)) },
                DefinitionKinds.Production => set with { Production = new(Read(row, DefinitionJson.Default.ProductionState), row.Version) },
                // A newer replica may keep kinds that this one does not know.
                _ => set,
            };
        }

        return set;
    }

    private static T Read<T>(DefinitionRow row, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.Deserialize(row.Content, type)!;
}

/// <summary>One definition in SQL.</summary>
/// <param name="Kind">One of <see cref="DefinitionKinds"/>.</param>
/// <param name="Id">Its id; the kind's name where there is one only.</param>
/// <param name="Version">Counts its edits, from 1.</param>
/// <param name="Content">JSON.</param>
internal sealed record DefinitionRow(string Kind, string Id, long Version, string Content);

internal static class DefinitionKinds
{
    public const string Experiment = "experiment";
    public const string Layer = "layer";
    public const string Flags = "flags";
    public const string Holdout = "holdout";
    public const string Rule = "rule";
    public const string RankingWeights = "ranking_weights";
    public const string Model = "model";
    public const string Production = "production";
}
