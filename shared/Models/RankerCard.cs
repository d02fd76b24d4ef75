namespace Splitrail.Models;

/// <summary>What a manifest says of its ranker.</summary>
/// <param name="Kind"><c>mlp</c>, <c>logistic</c>, <c>trees</c> or <c>blend</c>.</param>
/// <param name="Precision">Of the file to serve: <see cref="FullPrecision"/>, or <see cref="Quantised"/> when the trainer was asked for it and the gate let it pass.</param>
/// <param name="CalibrationError">
/// Expected calibration error on contexts that were not learnt from: mean |predicted - observed| over ten groups of equal size, 0..1.
/// </param>
/// <param name="UncalibratedError">The same before calibration.</param>
/// <param name="Int8Gate">Of the quantised file; null when the ranker has no layers to quantise.</param>
/// <param name="ServedLists">Lists as served that it learnt from, besides what shoppers did of themselves.</param>
public sealed record RankerCard(string Kind, string Precision, double CalibrationError, double UncalibratedError, QuantisationGate? Int8Gate, int ServedLists = 0)
{
    public const string FullPrecision = "fp32";
    public const string Quantised = "int8";

    /// <summary>The file of <see cref="Precision"/> inside a model folder.</summary>
    public string FileName => Precision == Quantised ? ModelStore.QuantisedRankerName : ModelStore.RankerName;
}

/// <summary>What quantising the ranker changed, over contexts of the newest training window.</summary>
/// <param name="Weights"><c>per_tensor</c> or <c>per_channel</c>.</param>
/// <param name="WeightBits">8, or 7 for processors whose 8-bit products can saturate (AVX2 without VNNI).</param>
/// <param name="NdcgDelta">NDCG@10 of INT8 minus that of FP32.</param>
/// <param name="TopTenOverlap">Mean share of the ten best that both have, 0..1.</param>
/// <param name="Contexts">Lists it was measured on.</param>
/// <param name="Passed">Both within their limits: only then may the quantised file be served.</param>
public sealed record QuantisationGate(string Weights, int WeightBits, double NdcgDelta, double TopTenOverlap, int Contexts, bool Passed)
{
    /// <summary>|NDCG@10 of INT8 - of FP32| at most.</summary>
    public const double MaxNdcgDelta = 0.001;

    /// <summary>Share of the ten best that must stay.</summary>
    public const double MinTopTenOverlap = 0.95;

    public static bool Holds(double ndcgDelta, double topTenOverlap, int contexts) =>
        contexts > 0 && Math.Abs(ndcgDelta) <= MaxNdcgDelta && topTenOverlap >= MinTopTenOverlap;
}
