using Splitrail.Features;
using Splitrail.Models;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Checks;

/// <summary>Opens all of a version that ranking uses and runs it once. Meant for a process that may die of it.</summary>
internal static class ModelInspection
{
    private const int ProbeRows = 64;
    private const string RankerFiles = "*.onnx";

    /// <summary>Why the version may not be served; null when it may.</summary>
    /// <param name="folder">MODELS/VERSION.</param>
    /// <param name="largest">Bytes that a ranker's file may have.</param>
    public static string? FaultOf(string folder, long largest)
    {
        try
        {
            var path = Path.GetFullPath(folder);
            foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path, RankerFiles) : [])
            {
                if (new FileInfo(file).Length is var bytes && bytes > largest)
                    return $"{Path.GetFileName(file)} has {bytes} bytes; a ranker has {largest} at most (RankingSvc:LargestRanker)";
            }

            var version = Path.GetFileName(path);
            var bundle = new ModelStore(Path.GetDirectoryName(path)!).LoadForRanking(version);
            return Directory.EnumerateFiles(path, RankerFiles).Order(StringComparer.Ordinal).Select(file => InRanker(bundle.Manifest.Version, file)).FirstOrDefault(fault => fault is not null);
        }
        catch (Exception refused) when (refused is ModelException or OnnxException or FeatureSetMismatchException or IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            return refused.Message;
        }
    }

    private static string? InRanker(string version, string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (WeightScan.FaultOf(bytes) is { } fault)
            return $"{Path.GetFileName(path)}: {fault}";
        using var session = OnnxSession.Open(OnnxRuntime.Shared, bytes);
        RankerShape.Require(version, session);
        using var buffer = session.CreateBuffer(ProbeRows);
        for (var spread = 1e-3f; spread < 1e7f; spread *= 100)
        {
            Fill(buffer.Rows, spread);
            session.Run(buffer, ProbeRows);
            foreach (var score in buffer.Scores)
            {
                if (score is not (>= 0f and <= 1f))
                    return $"{Path.GetFileName(path)}: it scores a candidate {score}, which is no probability";
            }
        }

        return null;
    }

    private static void Fill(Span<float> values, float spread)
    {
        var random = new Random(1);
        foreach (ref var value in values)
            value = ((random.NextSingle() * 2) - 1) * spread;
    }
}
