using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.CandidateSvc;
using Splitrail.CandidateSvc.Embeddings;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Embeddings;
using Splitrail.Retrieval.Vectors;
using Splitrail.Tests.Unit.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Serving;

/// <summary>Alone, because it counts what the whole process has.</summary>
[Collection("native memory")]
public sealed class SwapMemoryTests : IDisposable
{
    private const int Swaps = 1000;
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-swaps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_thousand_swaps_of_models_and_embeddings_leave_no_mapped_file_and_no_handles_behind()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Publish("v1");
        Publish("v2");
        var handles = Handles();

        Swap();

        Eventually(() => Mapped() == 0).ShouldBeTrue($"{Mapped()} files of {_folder} are still mapped");
        Eventually(() => Handles() - handles < 10).ShouldBeTrue($"{Handles()} handles, {handles} before");
    }

    /// <summary>In a method of its own, so that nothing of it is in use when it has ended.</summary>
    private void Swap()
    {
        var store = new ModelStore(_folder);
        var options = CandidateOptions.From(new ConfigurationBuilder().Build());
        var (models, embeddings) = (new LoadedModels(store, options), new EmbeddingVersions(store, options));
        for (var swap = 0; swap < Swaps; swap++)
        {
            var version = swap % 2 == 0 ? "v1" : "v2";
            models.Load(version);
            models.Serve(version);
            models.Keep([version]);
            embeddings.Load(version);
            embeddings.Keep([version]);
        }

        models.Production!.Version.ShouldBe("v2");
        Mapped().ShouldBeGreaterThan(0);
    }

    private void Publish(string version)
    {
        using var draft = new ModelStore(_folder).Draft(version);
        var model = RetrievalTestModels.Chain();
        RetrievalFiles.Write(draft.Folder, model);
        AlsIndex.Write(draft.Folder, model.Als, new VectorIndexOptions());
        var lines = Path.Combine(draft.Folder, "lines.jsonl");
        File.WriteAllLines(lines, Enumerable.Range(1, 40).Select(static i => $"{{\"item_id\":\"i{i}\",\"vector\":[1,{i}]}}"));
        EmbeddingFile.Write(Path.Combine(draft.Folder, EmbeddingFile.ModelFileName), EmbeddingFile.Build(EmbeddingImport.Read(lines), new VectorIndexOptions()));
        draft.Commit(new ModelManifest(
            version, DateTimeOffset.UnixEpoch, "test", "00", "none", model.Items.Count, 1, model.Statistics.AsOfMs, [], new Dictionary<string, double>(), new Dictionary<string, double>(),
            [ModelTypes.Candidate, ModelTypes.Embedding]));
    }

    private int Mapped() => File.ReadLines("/proc/self/maps").Count(line => line.Contains(_folder, StringComparison.Ordinal));

    private static int Handles() => Directory.GetFiles("/proc/self/fd").Length;

    /// <summary>What is mapped goes with its owner, and that with the collector.</summary>
    private static bool Eventually(Func<bool> condition)
    {
        for (var round = 0; round < 20; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (condition())
                return true;
        }

        return false;
    }
}
