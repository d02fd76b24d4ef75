using Splitrail.Retrieval;

namespace Splitrail.Trainer.Evaluation.References;

/// <summary>One question to a model: what is known, what may be offered, what was wanted.</summary>
/// <param name="Query">As serving makes it, but with the whole history: the protocols know no limit of a request's size.</param>
/// <param name="Wanted">Positions in the model; what it has no position for is negative, so that it counts as missed.</param>
internal sealed record ReferenceCase(RetrievalQuery Query, IReadOnlySet<int> Wanted);

/// <summary>Questions to one state of the shop, answered by the code that serves.</summary>
internal sealed record ReferenceScene(CandidateGenerator Generator, IReadOnlyList<ReferenceCase> Cases)
{
    /// <summary>Quality of a mix: its candidates in its own order, which is the whole catalogue's best as far as the metrics look.</summary>
    public static RankingQuality Of(IReadOnlyList<ReferenceScene> scenes, Mix mix)
    {
        var quality = new RankingQuality(scenes[0].Generator.Model.Items.Count);
        foreach (var scene in scenes)
        {
            var lists = new int[scene.Cases.Count][];
            Parallel.For(0, lists.Length, c => lists[c] = scene.Generator.Generate(scene.Cases[c].Query, mix, RankingQuality.RecallAt).Items);
            for (var c = 0; c < lists.Length; c++)
                quality.Add(lists[c], scene.Cases[c].Wanted);
        }

        return quality;
    }
}
