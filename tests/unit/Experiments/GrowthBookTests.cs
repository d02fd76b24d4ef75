using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Tests.Unit.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class GrowthBookTests
{
    [ReferenceVectorsFact]
    public void Hashes_are_those_of_the_SDK()
    {
        foreach (var (id, input, expected) in Cases("growthbook_hash", 15))
        {
            var hash = GrowthBook.Hash(Text(input, "seed"), Text(input, "value"), input.GetProperty("version").GetInt32());
            hash.ShouldBe(expected.GetProperty("value") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null, id);
        }
    }

    [ReferenceVectorsFact]
    public void Bucket_ranges_are_those_of_the_SDK()
    {
        foreach (var (id, input, expected) in Cases("growthbook_bucket_ranges", 13))
        {
            double[]? weights = input.GetProperty("weights") is { ValueKind: JsonValueKind.Array } given ? [.. given.EnumerateArray().Select(static one => one.GetDouble())] : null;
            var ranges = GrowthBook.BucketRanges(input.GetProperty("num_variations").GetInt32(), input.GetProperty("coverage").GetDouble(), weights);
            ranges.SelectMany(static range => new[] { range.From, range.To })
                .ShouldBe(Ranges(expected.GetProperty("ranges")).SelectMany(static range => new[] { range.From, range.To }), 1e-6, id);
        }
    }

    [ReferenceVectorsFact]
    public void Variations_are_those_of_the_SDK()
    {
        foreach (var (id, input, expected) in Cases("growthbook_choose_variation", 13))
        {
            GrowthBook.ChooseVariation(input.GetProperty("n").GetDouble(), Ranges(input.GetProperty("ranges"))).ShouldBe(expected.GetProperty("index").GetInt32(), id);
        }
    }

    [ReferenceVectorsFact]
    public void Namespaces_hold_whom_they_hold_in_the_SDK_and_so_do_audience_rules()
    {
        foreach (var (id, input, expected) in Cases("growthbook_in_namespace", 16))
        {
            var (user, space) = (Text(input, "user"), input.GetProperty("namespace"));
            var inside = expected.GetProperty("inside").GetBoolean();
            GrowthBook.InNamespace(user, space[0].GetString()!, space[1].GetDouble(), space[2].GetDouble()).ShouldBe(inside, id);
            var rule = new AudienceRule("unit", AudienceOperators.GrowthBookNamespace, [space[0].GetString()!, space[1].GetRawText(), space[2].GetRawText()]);
            Audience.Of([rule], []).ShouldNotBeNull().Holds(user, Subject.User, default).ShouldBe(inside, id);
        }
    }

    [Theory]
    [InlineData(1, 1, new[] { 0.5, 0.5 })]
    [InlineData(2, 1, new[] { 0.2, 0.3, 0.5 })]
    [InlineData(2, 1, new[] { 0.1, 0.2, 0.7 })]
    [InlineData(2, 0.35, new[] { 0.3333, 0.3333, 0.3334 })]
    [InlineData(1, 0.1, new[] { 0.123, 0.877 })]
    public void A_layer_with_its_hash_gives_everybody_the_variation_he_had(int version, double coverage, double[] weights)
    {
        string[] arms = [.. weights.Select(static (_, i) => $"arm-{i}")];
        var ranges = GrowthBook.BucketRanges(weights.Length, coverage, weights);
        var experiment = new ExperimentDefinition("e", "", 1, [.. arms.Select((arm, i) => new ExperimentArm(arm, i == 0, weights[i], new()))]);
        var hash = version == 1 ? LayerHashes.GrowthBook1 : LayerHashes.GrowthBook2;
        var assigner = new Assigner(Snapshots.Of(new Layer("l", "checkout-test", [experiment], GrowthBookHash.MapOf("e", arms, ranges, version), hash)));
        var owners = new ushort[1];
        var seen = new HashSet<int>();

        for (var i = 0; i < 100_000; i++)
        {
            var user = i % 2 == 0 ? $"{i}" : $"Ümit-{i}-日本";
            var variation = GrowthBook.ChooseVariation(GrowthBook.Hash("checkout-test", user, version)!.Value, ranges);
            assigner.Assign(new Subject(user, null), default, owners);
            (assigner.ArmOf(0, owners[0])?.Arm).ShouldBe(variation < 0 ? null : arms[variation], user);
            seen.Add(variation);
        }

        seen.Count.ShouldBe(coverage < 1 ? weights.Length + 1 : weights.Length);
    }

    private static IReadOnlyList<(string Id, JsonElement Input, JsonElement Expected)> Cases(string group, int count)
    {
        var cases = ReferenceVectors.Of(group);
        cases.Count.ShouldBe(count);
        return cases;
    }

    private static string Text(JsonElement input, string member) => input.GetProperty(member).GetString()!;

    private static (double From, double To)[] Ranges(JsonElement ranges) => [.. ranges.EnumerateArray().Select(static range => (range[0].GetDouble(), range[1].GetDouble()))];
}
