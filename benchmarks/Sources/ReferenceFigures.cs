using Splitrail.Trainer.Evaluation;

namespace Splitrail.Benchmarks.Sources;

/// <summary>Each quality with its standard error and the figure known for it.</summary>
internal sealed class ReferenceFigures(Action<string> progress)
{
    private readonly Dictionary<string, double> _figures = [];

    public IReadOnlyDictionary<string, double> All => _figures;

    public double Add(string key, RankingQuality quality, double? known = null)
    {
        _figures[key] = quality.Ndcg;
        _figures[$"{key}_se"] = quality.NdcgError;
        if (known is { } figure)
            _figures[$"{key}_known"] = figure;
        progress($"{key}: {quality.Ndcg:0.0000} ({quality.NdcgError:0.0000}){(known is null ? "" : $", known {known:0.0000}")}, {quality.Users:N0} asked");
        return quality.Ndcg;
    }

    public void Set(string key, double value) => _figures[key] = value;
}
