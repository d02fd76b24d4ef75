namespace Splitrail.RankingSvc.Rankers;

/// <summary>Names that an arm's parameters may use.</summary>
internal static class RankerNames
{
    /// <summary>The model's own ranker, whatever kind it is.</summary>
    public const string Default = "default";

    /// <summary>The model's network in ONNX Runtime.</summary>
    public const string Onnx = "onnx";

    /// <summary>The candidates' own order and scores.</summary>
    public const string None = "none";
}
