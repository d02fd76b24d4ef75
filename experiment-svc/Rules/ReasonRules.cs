using Splitrail.ExperimentSvc.Reasons;

namespace Splitrail.ExperimentSvc.Rules;

internal static class ReasonRules
{
    private const int LongestNote = 1000;

    public static void Check(Reason? reason, string member, Faults faults)
    {
        if (reason is null)
        {
            faults.Add(member, null, $"must be an object with kind ({string.Join(", ", ReasonKinds.All)}) and note");
            return;
        }

        faults.OneOf($"{member}.kind", reason.Kind, ReasonKinds.All);
        if (reason.Note is { Length: > LongestNote })
            faults.Add($"{member}.note", reason.Note, $"must have at most {LongestNote} characters");
        if (reason.Kind == ReasonKinds.Other && string.IsNullOrWhiteSpace(reason.Note))
            faults.Add($"{member}.note", reason.Note, "must say what the other reason is");
    }
}
