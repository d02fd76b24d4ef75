using System.Globalization;
using Splitrail.Contracts;
using Splitrail.Merchandising;

namespace Splitrail.RankingSvc.Rules;

/// <summary>Which items stand where, whatever they score. One that may not be offered is passed over; where two want one place, the lower priority takes the next free one.</summary>
internal static class Pins
{
    /// <returns>By position; null for none.</returns>
    public static List<PinnedItem>? Of(ActiveRules rules, OfferFilter filter, RuleTrace trace)
    {
        List<PinnedItem>? pins = null;
        foreach (var rule in rules.Rules)
        {
            if (rule is not { Kind: RuleKinds.Pin, Rule: { ItemId: { } itemId, Position: { } wanted } })
                continue;
            if (!filter.Allows(itemId, out _, out _))
            {
                trace.Note(rule, $"not shown: {filter.ReasonAgainst(itemId)}");
                continue;
            }

            pins ??= [];
            if (pins.Exists(pin => pin.ItemId == itemId))
            {
                trace.Note(rule, "another rule pins the item already");
                continue;
            }

            var position = wanted;
            while (pins.Exists(pin => pin.Position == position))
                position++;
            trace.Applied(rule, itemId, string.Create(CultureInfo.InvariantCulture, $"pinned at {position}"));
            pins.Add(new PinnedItem(itemId, position, rule.Id));
        }

        pins?.Sort(static (one, other) => one.Position.CompareTo(other.Position));
        return pins;
    }
}
