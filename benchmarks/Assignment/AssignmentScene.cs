using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Benchmarks.Assignment;

/// <summary>Snapshots and units to measure with.</summary>
internal static class AssignmentScene
{
    public const int Units = 1 << 14;

    /// <summary>Edits a slot map has behind it: each leaves it more ragged.</summary>
    private const int Edits = 100;

    /// <summary>Ids as shops have them: numbers, UUIDs, e-mail-like.</summary>
    public static string[] UnitsOf(ulong seed)
    {
        var random = new Random((int)seed);
        var bytes = new byte[16];
        return [.. Enumerable.Range(0, Units).Select(i =>
        {
            random.NextBytes(bytes);
            return (i % 3) switch
            {
                0 => $"{random.Next(10_000_000)}",
                1 => new Guid(bytes).ToString(),
                _ => $"shopper.{random.Next(1_000_000)}@example.org",
            };
        })];
    }

    /// <param name="layers">How many.</param>
    /// <param name="experiments">In all; the layers get them in turn.</param>
    /// <param name="hash">One of <see cref="LayerHashes"/>.</param>
    /// <param name="seed">Of the edits.</param>
    public static ControlSnapshot Snapshot(int layers, int experiments, string hash, ulong seed)
    {
        var random = new Random((int)seed);
        return new ControlSnapshot(
            1, "", 0, null, [.. Enumerable.Range(0, layers).Select(layer => LayerOf(layer, (experiments + layers - 1 - layer) / layers, hash, random))],
            new Dictionary<string, bool>());
    }

    private static Layer LayerOf(int number, int experiments, string hash, Random random)
    {
        string[] ids = [.. Enumerable.Range(0, experiments).Select(i => $"experiment-{number}-{i}")];
        IReadOnlyList<SlotRange> map = [];
        for (var edit = 0; edit < Edits; edit++)
        {
            SlotTarget[] targets = [.. ids.SelectMany(id => Targets(id, SlotMap.Slots / experiments, random))];
            map = SlotMapEdit.Apply(map, targets, []);
        }

        return new Layer($"layer-{number}", $"layer-{number}-seed", [.. ids.Select(Experiment)], map, hash);
    }

    private static IEnumerable<SlotTarget> Targets(string id, int slots, Random random)
    {
        var control = random.Next(slots);
        return [new SlotTarget(new ArmKey(id, "control"), control), new SlotTarget(new ArmKey(id, "treatment"), slots - control)];
    }

    private static ExperimentDefinition Experiment(string id) =>
        new(id, "", 1, [new("control", true, 0.5, new()), new("treatment", false, 0.5, new(Mix: "explore"))]);
}
