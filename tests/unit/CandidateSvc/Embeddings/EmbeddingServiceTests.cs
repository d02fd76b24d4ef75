using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Splitrail.CandidateSvc;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval.Embeddings;
using Splitrail.Retrieval.Vectors;
using Splitrail.Tests.Unit.InnerServices;
using Splitrail.Tests.Unit.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Embeddings;

/// <summary>Vectors from outside, by file and by version, over HTTP.</summary>
public sealed class EmbeddingServiceTests : ServiceOverHttp
{
    private const long NowMs = RetrievalTestModels.AsOfMs;

    private string Embeddings => Path.Combine(Models, "items.jsonl");

    private protected override string Section => "CandidateSvc";

    private protected override IEnumerable<string> Settings => [$"--CandidateSvc:Embeddings={Embeddings}"];

    private protected override WebApplication Build(string[] arguments) => CandidateApp.Build(arguments);

    private protected override void Prepare() => CandidateModels.Publish(Models, "v1");

    [Fact]
    public async Task Embeddings_make_a_new_item_alike_to_others_and_a_cut_file_leaves_the_old_ones()
    {
        await ServeAsync();
        string[] near = [.. Enumerable.Range(0, 40).Select(i => Embedding($"i{i}", i)), Embedding("new", 31), Embedding("gone", 31)];

        File.WriteAllLines(Embeddings, near);
        await UntilAsync(async () => (await Similar("new")).Items[0].ItemId == "i31");
        (await Similar("new")).Items.Select(item => item.ItemId).ShouldNotContain("gone");
        (await Similar("new")).Items.Take(3).Select(item => item.ItemId).ShouldBe(["i31", "i30", "i32"]);

        File.WriteAllText(Embeddings, string.Join('\n', near)[..^5]);
        await UntilAsync(async () => (await Http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("line 42 is not JSON", StringComparison.Ordinal));
        (await Similar("new")).Items[0].ItemId.ShouldBe("i31");
        (await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).ShouldContain("embedding_loads_total{outcome=\"failed\"");

        File.WriteAllLines(Embeddings, near.Select(line => line.Replace("i31", "i99", StringComparison.Ordinal)));
        await UntilAsync(async () => (await Similar("new")).Items[0].ItemId == "i30");
    }

    [Fact]
    public async Task Embeddings_of_a_version_serve_while_the_snapshot_names_it_and_its_replica_says_when()
    {
        await ServeAsync();
        PublishEmbeddings("e1", 31);
        PublishEmbeddings("e2", 12);
        PublishEmbeddings("broken", 5);
        File.WriteAllText(Path.Combine(Models, "broken", EmbeddingFile.ModelFileName), "nothing of the kind");

        await NameEmbeddingsAsync("e1", 2);
        (await Similar("new")).Items[0].ItemId.ShouldBe("i31");
        await NameEmbeddingsAsync("e2", 3);
        (await Similar("new")).Items[0].ItemId.ShouldBe("i12");
        await NameEmbeddingsAsync("e1", 4);
        (await Similar("new")).Items[0].ItemId.ShouldBe("i31");

        Sidecar.Serve(new ServedModels(new ModelLineup("v1", null, "broken")), "v1", 5);
        await UntilAsync(async () => (await Http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("is damaged", StringComparison.Ordinal));
        (await Similar("new")).Items[0].ItemId.ShouldBe("i31");
        (await Candidates()).Replica!.Snapshot.ShouldBe(4);
        await NameEmbeddingsAsync(null, 6);
        (await Http.GetStringAsync(new Uri("/health", UriKind.Relative))).ShouldNotContain("is damaged");
    }

    private async Task ServeAsync()
    {
        Sidecar.Offer(1, Catalogue());
        Sidecar.Activate("v1", 1);
        await ReadyAsync();
    }

    private static CatalogItem[] Catalogue() =>
    [
        .. Enumerable.Range(0, 40).Select(i => new CatalogItem($"i{i}", i == 7 ? "Number seven" : $"Number {i}", i % 2 == 0 ? "even" : "odd", i, 10)),
        new CatalogItem("new", "Brand new seven", "odd", 1m, 1),
    ];

    /// <summary>Items of near numbers point nearly the same way.</summary>
    private static string Embedding(string item, int at) =>
        $"{{\"item_id\":\"{item}\",\"vector\":[{Math.Cos(at * 0.05 - (item == "new" ? 0.01 : 0))},{Math.Sin(at * 0.05 - (item == "new" ? 0.01 : 0))}]}}";

    private void PublishEmbeddings(string version, int at)
    {
        using var draft = new ModelStore(Models).Draft(version);
        string[] lines = [.. Enumerable.Range(0, 40).Select(i => Embedding($"i{i}", i)), Embedding("new", at)];
        var source = Path.Combine(draft.Folder, "lines.jsonl");
        File.WriteAllLines(source, lines);
        EmbeddingFile.Write(Path.Combine(draft.Folder, EmbeddingFile.ModelFileName), EmbeddingFile.Build(EmbeddingImport.Read(source), new VectorIndexOptions()));
        draft.Commit(new ModelManifest(
            version, DateTimeOffset.UnixEpoch, "test", "00", "none", 41, 0, 0, [], new Dictionary<string, double>(), new Dictionary<string, double>(), [ModelTypes.Embedding]));
    }

    private async Task NameEmbeddingsAsync(string? version, long snapshot)
    {
        Sidecar.Serve(new ServedModels(new ModelLineup("v1", null, version)), "v1", snapshot);
        await UntilAsync(async () => (await Candidates()).Replica?.Snapshot == snapshot);
    }

    private Task<CandidateResponse> Candidates() =>
        AskAsync(InnerPaths.Candidates, new CandidateRequest(UserContext.Empty, [], 30, ItemFilters.Default, null, true, NowMs), ContractsJson.Default.CandidateRequest, ContractsJson.Default.CandidateResponse);

    private Task<ScoredItemsResponse> Similar(string item) =>
        PostAsync(InnerPaths.Similar, new SimilarRequest(item, 5, ItemFilters.Default), ContractsJson.Default.SimilarRequest);

    private Task<ScoredItemsResponse> PostAsync<T>(string path, T request, JsonTypeInfo<T> type) => AskAsync(path, request, type, ContractsJson.Default.ScoredItemsResponse);
}
