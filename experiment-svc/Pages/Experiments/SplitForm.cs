using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Planning;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <summary>The split as somebody edits it: what was typed stays as it was typed until it is saved.</summary>
/// <param name="Version">The version that was looked at.</param>
/// <param name="Traffic">Percent of the layer's users, as text.</param>
/// <param name="Shares">Percent by arm, as text, in the order of the arms.</param>
/// <param name="Preview">What saving would do; null before it was asked for.</param>
/// <param name="Problem">Why it was not saved.</param>
public sealed record SplitForm(long Version, string Traffic, IReadOnlyList<KeyValuePair<string, string>> Shares, Preview? Preview = null, Refusal? Problem = null)
{
    public const string TrafficField = "traffic";
    public const string ShareField = "share.";

    public static SplitForm Of(DefinedExperiment definition, long version) => new(
        version, Shown.Field(definition.Traffic * 100), [.. definition.Arms.Select(static arm => KeyValuePair.Create(arm.Id, Shown.Field(arm.Share * 100)))]);

    public static SplitForm Of(DefinedExperiment definition, SentForm form) => new(
        form.Version ?? 0,
        form[TrafficField],
        [.. definition.Arms.Select(arm => KeyValuePair.Create(arm.Id, form[ShareField + arm.Id]))]);

    /// <summary>The definition with this split, or what cannot be read.</summary>
    public (DefinedExperiment? Wanted, Refusal? Problem) ApplyTo(DefinedExperiment definition)
    {
        var shares = Shares.Select(static share => Percent.Read(share.Value)).ToArray();
        if (Array.IndexOf(shares, null) is >= 0 and var bad)
            return (null, Refusal.Bad($"share of {Shares[bad].Key}", Shares[bad].Value, "must be a percentage from 0 to 100, such as 80"));
        if (Percent.Read(Traffic) is not { } traffic)
            return (null, Refusal.Bad("traffic", Traffic, "must be a percentage from 0 to 100, such as 50"));
        return (definition with { Traffic = traffic, Arms = [.. definition.Arms.Select((arm, i) => arm with { Share = shares[i]!.Value })] }, null);
    }
}
