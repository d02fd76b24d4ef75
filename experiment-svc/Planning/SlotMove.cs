using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.ExperimentSvc.Planning;

/// <summary>Users that go from one arm to another; no arm means that the experiment of the other side does not have them.</summary>
/// <param name="From">As <c>experiment/arm</c>, <c>@holdout</c>, or missing for free users.</param>
/// <param name="To">The same.</param>
/// <param name="Slots">Of 2^20.</param>
/// <param name="Share">Of the layer's users, 0..1.</param>
public sealed record SlotMove(string? From, string? To, int Slots, double Share)
{
    /// <summary>All moves between two maps of a layer, the largest first.</summary>
    public static IReadOnlyList<SlotMove> Between(IReadOnlyList<SlotRange> before, IReadOnlyList<SlotRange> after)
    {
        var moves = new Dictionary<(string From, string To), int>();
        var edges = before.Concat(after).SelectMany(static range => new[] { range.Start, range.End }).Append(0).Append(SlotMap.Slots).Distinct().Order().ToArray();
        for (var i = 0; i + 1 < edges.Length; i++)
        {
            var key = (Owner(before, edges[i]) ?? "", Owner(after, edges[i]) ?? "");
            if (key.Item1 != key.Item2)
                moves[key] = moves.GetValueOrDefault(key) + edges[i + 1] - edges[i];
        }

        return
        [
            .. moves.OrderByDescending(static move => move.Value).ThenBy(static move => move.Key, Comparer<(string, string)>.Default)
                .Select(static move => new SlotMove(Named(move.Key.From), Named(move.Key.To), move.Value, move.Value / (double)SlotMap.Slots)),
        ];
    }

    private static string? Owner(IReadOnlyList<SlotRange> map, int slot) =>
        map.FirstOrDefault(range => range.Start <= slot && slot < range.End) is not { } range ? null
        : range.Experiment == ReservedNames.Holdout ? ReservedNames.Holdout : $"{range.Experiment}/{range.Arm}";

    private static string? Named(string owner) => owner.Length > 0 ? owner : null;
}
