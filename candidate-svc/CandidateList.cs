using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc;

/// <summary>A <see cref="CandidateSet"/> in the words of the contract.</summary>
internal static class CandidateList
{
    private static readonly string[] s_signals = [.. SignalNames.All];

    public static CandidateColumns Of(CandidateSet set, ItemIndex items, Mix mix)
    {
        var ids = new string[set.Count];
        for (var c = 0; c < ids.Length; c++)
            ids[c] = items[set.Items[c]];
        return CandidateColumns.Of(ids, s_signals, [.. mix.Quotas.Select(static quota => quota.Source)], set.Scores, set.Signals, set.Sources);
    }
}
