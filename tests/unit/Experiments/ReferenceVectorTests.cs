using System.Text;
using System.Text.Json;
using Shouldly;
using Splitrail.Experiments;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class ReferenceVectorTests
{
    [ReferenceVectorsFact]
    public void An_edit_of_a_split_moves_the_minimum_and_no_more()
    {
        var cases = ReferenceVectors.Of("split_edit_minimum");
        cases.Count.ShouldBe(9);
        foreach (var (id, input, expected) in cases)
        {
            var before = SlotMapEdit.Apply([], Targets(input.GetProperty("old")), []);
            var after = SlotMapEdit.Apply(before, Targets(input.GetProperty("new")), []);
            var minimum = expected.GetProperty("minimum_moved_share").GetDouble();
            // To within one slot: shares such as 0.1 are no whole number of them.
            ((double)SlotMap.Distance(before, after)).ShouldBe(minimum * SlotMap.Slots, 1.000001, id);
        }
    }

    [ReferenceVectorsFact]
    public void A_slot_is_the_percentile_of_FeatureManagement()
    {
        var cases = ReferenceVectors.Of("ms_feature_management_percentile");
        cases.Count.ShouldBe(4);
        Span<int> slot = stackalloc int[1];
        foreach (var (id, input, expected) in cases)
        {
            new CompatibleHash([input.GetProperty("hint").GetString()!]).Slots(Encoding.UTF8.GetBytes(input.GetProperty("user_id").GetString()!), slot);
            slot[0].ShouldBe(CompatibleHash.OfMarker(expected.GetProperty("marker_uint32").GetUInt32()), id);
            slot[0].ShouldBe((int)(expected.GetProperty("percentile").GetDouble() / 100 * SlotMap.Slots), id);
        }
    }

    /// <summary>The arm "none" are the slots that belong to nobody.</summary>
    private static SlotTarget[] Targets(JsonElement split)
    {
        ArmKey[] arms = [.. split.EnumerateObject().Select(static arm => new ArmKey("e", arm.Name))];
        double[] shares = [.. split.EnumerateObject().Select(static arm => arm.Value.GetDouble())];
        var slots = SlotShares.Of(SlotMap.Slots, shares, new SlotPart[arms.Length], []);
        return [.. arms.Select((arm, i) => new SlotTarget(arm, slots[i])).Where(static target => target.Arm.Arm != "none")];
    }
}
