using System.Collections.Immutable;
using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Merchandising;

/// <summary>Business rules and ranking weights, as of one moment.</summary>
internal sealed record MerchandisingSet
{
    private static readonly ImmutableSortedDictionary<string, Held<RuleRecord>> s_noRules = ImmutableSortedDictionary.Create<string, Held<RuleRecord>>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, Held<WeightsRecord>> s_noWeights = ImmutableSortedDictionary.Create<string, Held<WeightsRecord>>(StringComparer.Ordinal);

    public static MerchandisingSet Empty { get; } = new();

    /// <summary>Deleted ones too.</summary>
    public ImmutableSortedDictionary<string, Held<RuleRecord>> Rules { get; init; } = s_noRules;

    /// <summary>By category; those that are as the global ones again too.</summary>
    public ImmutableSortedDictionary<string, Held<WeightsRecord>> Weights { get; init; } = s_noWeights;

    /// <summary>By id, without the deleted ones.</summary>
    public IEnumerable<Held<RuleRecord>> Live => Rules.Values.Where(static held => !held.Value.Deleted);

    /// <summary>Null when there is none, or none any more.</summary>
    public Held<RuleRecord>? Find(string id) => Rules.GetValueOrDefault(id) is { Value.Deleted: false } held ? held : null;

    public MerchandisingSet With(RuleRecord record) =>
        this with { Rules = Rules.SetItem(record.Definition.Id, new(record, Rules.GetValueOrDefault(record.Definition.Id)?.Version ?? 0)) };

    public MerchandisingSet With(string category, WeightsRecord record) => this with { Weights = Weights.SetItem(category, new(record, Weights.GetValueOrDefault(category)?.Version ?? 0)) };

    /// <summary>Rules as the snapshot says them; null for none, as in snapshots from before there were any.</summary>
    public IReadOnlyList<BusinessRule>? ToRules() =>
        Live.Where(static held => held.Value.Definition.Enabled).Select(static held => held.Value.Definition.ToSnapshot()).ToArray() is { Length: > 0 } rules ? rules : null;

    public IReadOnlyList<CategoryWeights>? ToWeights() =>
        Weights.Where(static pair => pair.Value.Value.Weights is not null).Select(static pair => new CategoryWeights(pair.Key, pair.Value.Value.Weights!.ToSnapshot())).ToArray()
            is { Length: > 0 } weights ? weights : null;

    public IEnumerable<DefinitionRow> Rows()
    {
        foreach (var (id, held) in Rules)
            yield return new(DefinitionKinds.Rule, id, held.Version, JsonSerializer.Serialize(held.Value, DefinitionJson.Default.RuleRecord));
        foreach (var (category, held) in Weights)
            yield return new(DefinitionKinds.RankingWeights, category, held.Version, JsonSerializer.Serialize(held.Value, DefinitionJson.Default.WeightsRecord));
    }

    /// <param name="row">Of one of the two kinds.</param>
    public MerchandisingSet With(DefinitionRow row) => row.Kind == DefinitionKinds.Rule
        ? this with { Rules = Rules.SetItem(row.Id, new(JsonSerializer.Deserialize(row.Content, DefinitionJson.Default.RuleRecord)!, row.Version)) }
        : this with { Weights = Weights.SetItem(row.Id, new(JsonSerializer.Deserialize(row.Content, DefinitionJson.Default.WeightsRecord)!, row.Version)) };
}
