using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Tests.Unit.Experiments;

/// <summary>What an owner wants of a layer: hundredths of a per cent of all its slots by arm; what is left is nobody's.</summary>
internal sealed class Split
{
    private const int MostArms = 8;
    private const int Whole = 10_000;

    private readonly SortedDictionary<string, int> _shares = new(StringComparer.Ordinal);

    public IEnumerable<ArmKey> Arms => _shares.Keys.Select(Key);

    public int ShareOf(ArmKey arm) => _shares.GetValueOrDefault($"{arm.Experiment}/{arm.Arm}");

    /// <summary>Two to eight arms of two experiments and the holdout.</summary>
    public static Split Random(Random random)
    {
        var split = new Split();
        for (var arm = random.Next(2, MostArms + 1); arm > 0; arm--)
            split.Add(random);
        return split;
    }

    /// <param name="random">Seeded.</param>
    /// <param name="kind">0 resizes two arms against each other or one against what is free, 1 adds an arm, 2 kills one.</param>
    public Split Edited(Random random, int kind)
    {
        var edited = new Split();
        foreach (var (arm, share) in _shares)
            edited._shares[arm] = share;
        if (kind == 1 && _shares.Count < MostArms)
            edited.Add(random);
        else if (kind == 2 && _shares.Count > 2)
            edited._shares.Remove(edited.Any(random));
        else
            edited.Resize(random);
        return edited;
    }

    /// <summary>Whole slots, as after these splits and maps, the newest first.</summary>
    public SlotTarget[] Targets(IEnumerable<(Split Split, IReadOnlyList<SlotRange> Map)> past)
    {
        ArmKey[] arms = [.. Arms, default];
        SlotPart[][] parts = [.. past.Select(one => one.Split.PartsOf(arms, SlotMap.Counts(one.Map)))];
        double[] shares = [.. arms.Select(arm => PartOf(arm) / (double)Whole)];
        var slots = SlotShares.Of(SlotMap.Slots, shares, parts.FirstOrDefault() ?? new SlotPart[arms.Length], parts.Skip(1));
        return [.. arms.SkipLast(1).Select((arm, i) => new SlotTarget(arm, slots[i]))];
    }

    private SlotPart[] PartsOf(ArmKey[] arms, Dictionary<ArmKey, int> counts)
    {
        var free = SlotMap.Slots - counts.Values.Sum();
        return [.. arms.Select(arm => new SlotPart(PartOf(arm) / (double)Whole * SlotMap.Slots, arm == default ? free : counts.GetValueOrDefault(arm)))];
    }

    /// <summary>The default key is nobody.</summary>
    private int PartOf(ArmKey arm) => arm == default ? Whole - _shares.Values.Sum() : ShareOf(arm);

    public override string ToString() => string.Join(' ', _shares.Select(static arm => $"{arm.Key}={arm.Value}"));

    private static ArmKey Key(string arm) => new(arm.Split('/')[0], arm.Split('/')[1]);

    private void Add(Random random)
    {
        string[] names = ["x/a", "x/b", "x/c", "x/d", "y/a", "y/b", "y/c", $"{ReservedNames.Holdout}/{ReservedNames.Holdout}"];
        string[] unused = [.. names.Where(name => !_shares.ContainsKey(name))];
        _shares[unused[random.Next(unused.Length)]] = random.Next(Whole - _shares.Values.Sum() + 1);
    }

    private void Resize(Random random)
    {
        var (one, other) = (Any(random), Any(random));
        var passed = random.Next(_shares[one] + 1);
        _shares[one] -= passed;
        if (one != other)
            _shares[other] += passed;
    }

    private string Any(Random random) => _shares.Keys.ElementAt(random.Next(_shares.Count));
}
