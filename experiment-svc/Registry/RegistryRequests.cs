using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Reasons;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>Body of <c>POST /v1/models</c>.</summary>
internal sealed record PublishRequest
{
    /// <summary>A folder of the models volume.</summary>
    public string Version { get; set; } = "";

    public Refusal? FaultOf()
    {
        var faults = new Faults();
        if (!ModelStore.IsVersion(Version) || ReservedVersions.All.Contains(Version))
            faults.Add("version", Version, $"must be 1 to 100 letters, digits, '.', '-' and '_', and not {string.Join(" or ", ReservedVersions.All)}");
        return faults.None ? null : Refusal.Bad(faults.All);
    }
}

/// <summary>Words of the API where a version's name could stand.</summary>
internal static class ReservedVersions
{
    public static IReadOnlyList<string> All { get; } = ["history", "rollback"];
}

/// <summary>Body of <c>POST /v1/models/{version}/activate</c>; all of it may be left out.</summary>
internal sealed record ActivateRequest
{
    private const double MostHours = 14 * 24;

    /// <summary>Only for these of its types.</summary>
    public IReadOnlyList<string>? Types { get; set; }

    /// <summary>Why.</summary>
    public Reason? Reason { get; set; }

    /// <summary>Why in spite of a gate that is not passed.</summary>
    public Reason? Override { get; set; }

    /// <summary>How long it is watched; 0 watches nothing.</summary>
    public double? WatchHours { get; set; }

    public Refusal? FaultOf()
    {
        var faults = new Faults();
        ModelTypeRules.Check(Types, faults);
        if (Reason is not null)
            ReasonRules.Check(Reason, "reason", faults);
        if (Override is not null)
            ReasonRules.Check(Override, "override", faults);
        if (WatchHours is { } hours && !(hours is >= 0 and <= MostHours))
            faults.Add("watch_hours", hours, $"must be a number from 0 to {MostHours}");
        return faults.None ? null : Refusal.Bad(faults.All);
    }
}

/// <summary>Body of <c>POST /v1/models/{version}/stage</c>.</summary>
internal sealed record StageRequest
{
    private static readonly string[] s_stages = [ModelStages.Candidate, ModelStages.Shadow, ModelStages.Archived];

    public string Stage { get; set; } = "";

    /// <summary>Only for these of its types.</summary>
    public IReadOnlyList<string>? Types { get; set; }

    public Reason? Reason { get; set; }

    public Refusal? FaultOf()
    {
        var faults = new Faults();
        if (Stage == ModelStages.Production)
            faults.Add("stage", Stage, "is reached by POST /v1/models/{version}/activate, which asks the gates");
        else
            faults.OneOf("stage", Stage, s_stages);
        ModelTypeRules.Check(Types, faults);
        if (Reason is not null)
            ReasonRules.Check(Reason, "reason", faults);
        return faults.None ? null : Refusal.Bad(faults.All);
    }
}

/// <summary>Body of <c>POST /v1/models/rollback</c>; all of it may be left out.</summary>
internal sealed record RollBackRequest
{
    /// <summary>The last lineup with this version; left out, the lineup before.</summary>
    public string? Version { get; set; }

    public Reason? Reason { get; set; }

    public Refusal? FaultOf()
    {
        var faults = new Faults();
        if (Reason is not null)
            ReasonRules.Check(Reason, "reason", faults);
        return faults.None ? null : Refusal.Bad(faults.All);
    }
}

internal static class ModelTypeRules
{
    public static void Check(IReadOnlyList<string>? types, Faults faults)
    {
        if (types is null || !faults.List("types", types, ModelTypes.All.Count))
            return;
        if (types.Count == 0)
            faults.Add("types", "[]", "must name a type, or be left out for all of the version's");
        foreach (var type in types)
            faults.OneOf("types[]", type, ModelTypes.All);
    }
}
