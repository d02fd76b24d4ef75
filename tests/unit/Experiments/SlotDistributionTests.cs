using System.Text;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

/// <summary>Ten million ids of four families in eight layers: slots are uniform in each layer and independent between any two, at alpha 0.001 each.</summary>
public sealed class SlotDistributionTests
{
    private const int Ids = 10_000_000;
    private const int Layers = 8;
    private const int Bins = 1024;
    private const int Side = 32;
    private const int Blocks = 16;

    [Theory]
    [InlineData(LayerHashes.Compatible)]
    [InlineData(LayerHashes.Fast)]
    public void Slots_are_uniform_within_a_layer_and_independent_across_layers(string hash)
    {
        var counted = Count(hash);

        for (var layer = 0; layer < Layers; layer++)
        {
            for (var family = 0; family < UnitIds.Families; family++)
                Uniform(counted.Bins.AsSpan(((layer * UnitIds.Families) + family) * Bins, Bins), $"layer {layer}, family {family}");
        }

        Uniform(counted.Slots, "every slot of the first layer");
        var pair = 0;
        for (var one = 0; one < Layers; one++)
        {
            for (var other = one + 1; other < Layers; other++)
                Independent(counted.Pairs[(pair * Side * Side)..(++pair * Side * Side)], $"layers {one} and {other}");
        }
    }

    [Fact]
    public void Layers_with_one_seed_would_be_found_dependent()
    {
        var table = new int[Side * Side];
        var hash = SlotHashes.Of(LayerHashes.Fast, ["same", "same"]);
        var slots = new int[2];
        for (var i = 0; i < 100_000; i++)
        {
            hash.Slots(Encoding.UTF8.GetBytes(UnitIds.Of(0, i)), slots);
            table[Cell(slots[0], slots[1])]++;
        }

        ChiSquare.OfIndependent(table, Side).ShouldBeGreaterThan(ChiSquare.CriticalAtOneInAThousand((Side - 1) * (Side - 1)));
    }

    private static void Uniform(ReadOnlySpan<int> counts, string what) =>
        ChiSquare.OfUniform(counts).ShouldBeLessThan(ChiSquare.CriticalAtOneInAThousand(counts.Length - 1), what);

    private static void Independent(int[] table, string what) =>
        ChiSquare.OfIndependent(table, Side).ShouldBeLessThan(ChiSquare.CriticalAtOneInAThousand((Side - 1) * (Side - 1)), what);

    private static int Cell(int one, int other) => (one / (SlotMap.Slots / Side) * Side) + (other / (SlotMap.Slots / Side));

    private static Counts Count(string hash)
    {
        var maker = SlotHashes.Of(hash, [.. Enumerable.Range(0, Layers).Select(static layer => $"layer-{layer}-seed")]);
        var all = new Counts();
        Parallel.For(0, Blocks, block =>
        {
            var own = new Counts();
            for (var i = block * (Ids / Blocks); i < (block + 1) * (Ids / Blocks); i++)
                own.Add(maker, i % UnitIds.Families, i / UnitIds.Families);
            lock (all)
                all.Add(own);
        });
        return all;
    }

    private sealed class Counts
    {
        private readonly int[] _found = new int[Layers];
        private readonly byte[] _text = new byte[256];

        public int[] Bins { get; } = new int[Layers * UnitIds.Families * SlotDistributionTests.Bins];

        public int[] Slots { get; } = new int[SlotMap.Slots];

        public int[] Pairs { get; } = new int[Layers * (Layers - 1) / 2 * Side * Side];

        public void Add(ISlotHash hash, int family, int number)
        {
            hash.Slots(_text.AsSpan(0, Encoding.UTF8.GetBytes(UnitIds.Of(family, number), _text)), _found);
            Slots[_found[0]]++;
            var pair = 0;
            for (var one = 0; one < Layers; one++)
            {
                Bins[(((one * UnitIds.Families) + family) * SlotDistributionTests.Bins) + (_found[one] / (SlotMap.Slots / SlotDistributionTests.Bins))]++;
                for (var other = one + 1; other < Layers; other++)
                    Pairs[(pair++ * Side * Side) + Cell(_found[one], _found[other])]++;
            }
        }

        public void Add(Counts other)
        {
            foreach (var (mine, theirs) in new[] { (Bins, other.Bins), (Slots, other.Slots), (Pairs, other.Pairs) })
            {
                for (var i = 0; i < mine.Length; i++)
                    mine[i] += theirs[i];
            }
        }
    }
}
