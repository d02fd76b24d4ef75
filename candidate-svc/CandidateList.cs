using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc;

/// <summary>A <see cref="CandidateBuffer"/> in the words of the contract.</summary>
internal static class CandidateList
{
    private static readonly string[] s_signals = [.. SignalNames.All];

    public static CandidateColumns Of(CandidateBuffer found, ItemIndex items, Mix mix)
    {
        var ids = new string[found.Count];
        for (var c = 0; c < ids.Length; c++)
            ids[c] = items[found.Items[c]];
        return CandidateColumns.Of(ids, s_signals, [.. mix.Quotas.Select(static quota => quota.Source)], found.Scores, found.Signals, found.Sources);
    }
}
