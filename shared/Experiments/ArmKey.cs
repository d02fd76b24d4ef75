using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>Whose a slot is.</summary>
public readonly record struct ArmKey(string Experiment, string Arm)
{
    /// <summary>Units held out; a range of it reads <see cref="ReservedNames.Holdout"/> in both members.</summary>
    public static ArmKey Holdout { get; } = new(ReservedNames.Holdout, ReservedNames.Holdout);

    public static ArmKey Of(SlotRange range) => new(range.Experiment, range.Arm);
}

/// <summary>How many slots an arm shall have.</summary>
public readonly record struct SlotTarget(ArmKey Arm, int Slots);
