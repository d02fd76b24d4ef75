using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Interleaving;

/// <summary>Whose ranking a person preferred: a click belongs to the team of its item in the list that its request names, an item of a list counts once.</summary>
internal static class TeamWins
{
    /// <summary>Name of the sums: 1 for who preferred the treatment, - 1 for who preferred the control, 0 for all others.</summary>
    public const string Metric = "team_preference";

    /// <param name="lists">That the person was shown.</param>
    /// <param name="outcomes">The person's, in any order.</param>
    /// <param name="control">The control's arm.</param>
    /// <returns>1, - 1 or 0.</returns>
    public static int Of(IReadOnlyList<TeamList> lists, IEnumerable<Outcome> outcomes, string control)
    {
        if (lists.Count == 0)
            return 0;
        var clicked = outcomes.Where(static one => one is { Type: EventTypes.Click, RequestId: not null }).Select(static one => (Request: one.RequestId!, one.ItemId)).Distinct().ToLookup(static one => one.Request, static one => one.ItemId, StringComparer.Ordinal);
        return InterleavedWins.Winner(lists.Select(list => Clicks(list.ArmByItem(), clicked[list.RequestId], control)));
    }

    private static (int Treatment, int Control) Clicks(IReadOnlyDictionary<string, string> armByItem, IEnumerable<string> clicked, string control)
    {
        var (ofTreatment, ofControl) = (0, 0);
        foreach (var item in clicked)
        {
            if (!armByItem.TryGetValue(item, out var arm))
                continue;
            if (arm == control)
                ofControl++;
            else
                ofTreatment++;
        }

        return (ofTreatment, ofControl);
    }
}
