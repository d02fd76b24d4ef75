using Shouldly;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.Randomness;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        var random = new SplitMix64(1234567);
        ulong[] published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        foreach (var expected in published) random.Next().ShouldBe(expected);
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        var random = new SplitMix64(3);
        var numbers = new double[50_000];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = random.NextNormal();
        numbers.Average().ShouldBe(0, 0.02);
        numbers.Average(x => x * x).ShouldBe(1, 0.02);
    }

    [Fact]
    public void Whole_numbers_cover_their_range_evenly()
    {
        var random = new SplitMix64(4);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++) counts[random.NextInt(7)]++;
        counts.ShouldAllBe(count => count > 9_500 && count < 10_500);
    }

    [Fact]
    public void Streams_of_one_seed_differ() =>
        Enumerable.Range(0, 1_000).Select(stream => SplitMix64.Stream(5, (ulong)stream).Next()).Distinct().Count().ShouldBe(1_000);

    [Fact]
    public void A_text_has_one_hash_for_ever() => SplitMix64.Hash("5\t1").ShouldBe(11344641967570539194);
}
