namespace Splitrail.Policies;

/// <summary>Names of rankers that an arm's parameters may use; ranking-svc builds its table from them, so a name without a ranker does not start.</summary>
public static class RankerNames
{
    /// <summary>The model's own ranker, whatever kind it is.</summary>
    public const string Default = "default";

    /// <summary>The model's network in ONNX Runtime.</summary>
    public const string Onnx = "onnx";

    /// <summary>The candidates' own order and scores.</summary>
    public const string None = "none";

    public static IReadOnlyList<string> All { get; } = [Default, Onnx, None];
}
