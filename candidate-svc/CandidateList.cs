using System.Collections.Concurrent;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc;

/// <summary>A <see cref="CandidateSet"/> in the words of the contract.</summary>
internal static class CandidateList
{
    private static readonly ConcurrentDictionary<(string Mix, uint Mask), string[]> s_names = new();

    public static Candidate[] Of(CandidateSet set, ItemIndex items, Mix mix)
    {
        var width = SignalNames.All.Count;
        var candidates = new Candidate[set.Count];
        for (var c = 0; c < candidates.Length; c++)
            candidates[c] = new Candidate(
                items[set.Items[c]], set.Scores[c], new ArraySegment<float>(set.Signals, c * width, width), NamesOf(mix, set.Sources[c]));
        return candidates;
    }

    /// <summary>A mix has few combinations of sources that occur, so the lists are made once.</summary>
    private static string[] NamesOf(Mix mix, uint mask) => s_names.GetOrAdd(
        (mix.Name, mask),
        static (key, mix) => [.. mix.Quotas.Where((_, source) => (key.Mask >> source & 1) != 0).Select(static quota => quota.Source)],
        mix);
}
