using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Gateway.Assignment;

/// <summary>One layer, laid out for the hot path: a binary search over the ends of disjoint, ordered ranges.</summary>
internal sealed class LayerMap
{
    private readonly byte[] _seedSuffix;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly AssignedArm?[] _arms;

    public LayerMap(Layer layer)
    {
        _seedSuffix = UnitSlot.SuffixOf(layer.Seed);
        var ranges = layer.SlotMap.OrderBy(static range => range.Start).ToArray();
        _starts = [.. ranges.Select(static range => range.Start)];
        _ends = [.. ranges.Select(static range => range.End)];
        var arms = new Dictionary<(string, string), AssignedArm>();
        foreach (var experiment in layer.Experiments)
        {
            foreach (var arm in experiment.Arms)
                arms[(experiment.Id, arm.Id)] = Assigned(experiment, arm);
        }

        // A range of an experiment that is not running any more assigns nobody.
        _arms = [.. ranges.Select(range => arms.GetValueOrDefault((range.Experiment, range.Arm)))];
        Control = layer.Experiments
            .SelectMany(static experiment => experiment.Arms.Where(static arm => arm.IsControl).Select(arm => Assigned(experiment, arm)))
            .FirstOrDefault();
    }

    /// <summary>The control arm of the layer's first experiment: what a unit that cannot be randomised gets.</summary>
    public AssignedArm? Control { get; }

    /// <summary>The unit's arm; null when its slot is in no experiment.</summary>
    public AssignedArm? Find(string unit) => FindSlot(UnitSlot.Of(unit, _seedSuffix));

    internal AssignedArm? FindSlot(int slot)
    {
        var index = Array.BinarySearch(_ends, slot + 1);
        if (index < 0)
            index = ~index;
        return index < _ends.Length && _starts[index] <= slot ? _arms[index] : null;
    }

    private static AssignedArm Assigned(ExperimentDefinition experiment, ExperimentArm arm) =>
        new(experiment.Id, experiment.Epoch, arm.Id, arm.Share, arm.Parameters);
}
