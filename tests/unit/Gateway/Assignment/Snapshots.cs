using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Tests.Unit.Gateway.Assignment;

/// <summary>Snapshots for tests.</summary>
internal static class Snapshots
{
    public static ControlSnapshot Of(params Layer[] layers) => new(7, "", 0, "m1", layers, new Dictionary<string, bool>());

    /// <summary>Two experiments side by side, with a hole between them and arms in several ranges, as edits of splits leave them.</summary>
    public static Layer RaggedLayer(string id = "ranking") => new(
        id,
        $"{id}-seed",
        [
            new("order", "Order sells.", 3, [new("control", true, 0.5, new()), new("treatment", false, 0.5, new(Ranker: "none"))]),
            new("mix", "Mix sells.", 1, [new("control", true, 0.25, new()), new("explore", false, 0.75, new(Mix: "explore"))]),
        ],
        [
            new(0, 1, "order", "treatment"),
            new(1, 200_000, "order", "control"),
            new(200_000, 399_999, "order", "treatment"),
            new(500_000, 600_001, "mix", "control"),
            new(600_001, 900_000, "mix", "explore"),
            new(900_000, 1_000_000, "order", "control"),
            new(1_048_575, SlotMap.Slots, "mix", "explore"),
        ]);
}
