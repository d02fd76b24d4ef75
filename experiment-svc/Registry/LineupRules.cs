using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>Which lineups there are, and whether they fit (docs/decisions/0025).</summary>
internal static class LineupRules
{
    /// <summary>What the next snapshot says of models; null before the first one is in production.</summary>
    public static ServedModels? Compose(DefinitionSet set)
    {
        var production = set.Production.Value;
        if (production.Lineup == ModelLineup.None)
            return null;
        ArmModel[] arms = [.. ArmsOf(set).Select(version => new ArmModel(version, Beside(set, production.Lineup, version)))];
        ShadowModel[] shadows =
        [
            .. set.Models.Values.SelectMany(static held => held.Value.Stages.Where(static stage => stage.Value == ModelStages.Shadow).Select(stage => new ShadowModel(stage.Key, held.Value.Version))),
        ];
        return new ServedModels(production.Lineup, production.Previous, arms.Length > 0 ? arms : null, shadows.Length > 0 ? shadows : null);
    }

    /// <summary>Versions that arms of running experiments name, in order.</summary>
    public static IReadOnlyList<string> ArmsOf(DefinitionSet set) =>
    [
        .. set.Records.Where(static record => record.IsRunning).SelectMany(static record => record.Definition.Arms).Select(static arm => arm.Parameters.Model).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>A version in place of production, for some of its types.</summary>
    public static ModelLineup Beside(DefinitionSet set, ModelLineup production, string version, IReadOnlyCollection<string>? types = null)
    {
        types ??= set.Models.GetValueOrDefault(version)?.Value.Manifest.UsedFor ?? [];
        return new ModelLineup(
            types.Contains(ModelTypes.Candidate) ? version : production.Candidate,
            types.Contains(ModelTypes.Ranking) ? version : production.Ranking,
            types.Contains(ModelTypes.Embedding) ? version : production.Embedding);
    }

    /// <summary>Why these versions must not serve together; null when they may.</summary>
    public static string? FaultOf(DefinitionSet set, ModelLineup lineup) =>
        ModelTypes.All.Select(lineup.Of).OfType<string>().FirstOrDefault(version => set.Models.GetValueOrDefault(version)?.Value.Files is not (null or ModelFilesState.Present)) is { } gone
            ? $"the files of version '{gone}' are {set.Models[gone].Value.Files}"
            : Misfit(set, lineup);

    /// <summary>The same without a look at files: those that vanish must not stop edits of anything else.</summary>
    private static string? Misfit(DefinitionSet set, ModelLineup lineup)
    {
        foreach (var type in ModelTypes.All)
        {
            if (lineup.Of(type) is { } version && !set.Models.ContainsKey(version))
                return $"version '{version}' is not in the registry";
        }

        if (lineup is not { Candidate: { } candidate, Ranking: { } ranking })
            return lineup.Ranking is null ? null : $"version '{lineup.Ranking}' would rank, and no version makes candidates: activate one first";
        var (makes, ranks) = (set.Models[candidate].Value.Manifest, set.Models[ranking].Value.Manifest);
        return ranks.MayRank(makes)
            ? null
            : $"version '{ranking}' (family {ranks.FamilyName}, features {ranks.FeatureSet}) was not made for candidates of '{candidate}' (family {makes.FamilyName}, features {makes.FeatureSet}): "
            + "activate them for both types together, or train a ranker on these candidates";
    }

    /// <summary>Arms of running experiments must find their models, whatever is edited.</summary>
    public static Refusal? Check(DefinitionSet set)
    {
        foreach (var version in ArmsOf(set))
        {
            var lineup = Beside(set, set.Production.Value.Lineup, version);
            var fault = set.Models.ContainsKey(version) ? Misfit(set, lineup) : $"version '{version}' is not in the registry; known are {string.Join(", ", set.Models.Keys)}";
            if (fault is not null)
                return new Refusal(StatusCodes.Status409Conflict, "Model of an arm cannot serve", $"An arm of {Names(set, version)} names model '{version}': {fault}. End the experiment, or name another model.");
        }

        return null;
    }

    private static string Names(DefinitionSet set, string version) => string.Join(", ", set.Records
        .Where(record => record.IsRunning && record.Definition.Arms.Any(arm => arm.Parameters.Model == version)).Select(static record => $"'{record.Id}'"));
}
