using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>Which versions may lose their files. Their rows stay: the audit log speaks of them.</summary>
internal static class ModelRetention
{
    /// <summary>Versions that serve, did so last, score in the shadow, are named by active.json or by an experiment that may still run.</summary>
    public static IReadOnlySet<string> Needed(DefinitionSet set)
    {
        var production = set.Production.Value;
        return new[] { production.Lineup, production.Previous, production.RollsBackTo }.OfType<ModelLineup>()
            .SelectMany(static lineup => ModelTypes.All.Select(lineup.Of))
            .Append(production.FollowedFile)
            .Concat(set.Records.Where(static record => record.State is not (ExperimentState.Ended or ExperimentState.Archived)).SelectMany(static record => record.Definition.Arms).Select(static arm => arm.Parameters.Model))
            .Concat(set.Models.Values.Where(static held => held.Value.Is(ModelStages.Shadow) || held.Value.Is(ModelStages.Production)).Select(static held => held.Value.Version))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Archived versions beyond those that are kept, the oldest first.</summary>
    public static IReadOnlyList<string> Superfluous(DefinitionSet set, int kept)
    {
        var needed = Needed(set);
        return
        [
            .. set.Models.Values.Select(static held => held.Value)
                .Where(model => model.Files == ModelFilesState.Present && !needed.Contains(model.Version) && model.Stages.Values.All(static stage => stage == ModelStages.Archived))
                .OrderByDescending(static model => model.RegisteredMs).ThenByDescending(static model => model.Version, StringComparer.Ordinal)
                .Skip(kept)
                .Select(static model => model.Version)
                .Reverse(),
        ];
    }
}
