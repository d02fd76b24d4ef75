using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Splitrail.CandidateSvc;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;
using Splitrail.Tests.Unit.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc;

/// <summary>Models, embeddings and catalogues change while requests come, and none of them is dropped or wrong.</summary>
public sealed class SwapUnderLoadTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-swaps-").FullName;
    private FeedSidecar _sidecar = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    private string Embeddings => Path.Combine(_folder, "items.jsonl");

    public async Task InitializeAsync()
    {
        foreach (var version in new[] { "v1", "v2" })
            Publish(version);
        WriteEmbeddings(0);
        _sidecar = await FeedSidecar.StartAsync();
        _sidecar.Offer(1, Catalogue(1));
        _sidecar.Activate("v1", 1);
        _app = CandidateApp.Build(
        [
            "--urls=http://127.0.0.1:0", $"--Dapr:HttpEndpoint={_sidecar.Address}", $"--CandidateSvc:ModelsDirectory={_folder}",
            "--CandidateSvc:ModelRetry=00:00:00.020", $"--CandidateSvc:Embeddings={Embeddings}", "--Feeds:PollInterval=00:00:00.010", "--Logging:LogLevel:Default=None",
        ]);
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        await UntilAsync(async () => (await _http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode);
        await UntilAsync(async () => (await _http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("40 items x 2", StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _sidecar.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task No_request_is_dropped_while_everything_is_swapped()
    {
        using var done = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => LoadAsync(done.Token)).ToArray();

        for (var round = 2; round < 8; round++)
        {
            var model = round % 2 == 0 ? "v2" : "v1";
            _sidecar.Activate(model, round);
            WriteEmbeddings(round);
            _sidecar.Offer(round, Catalogue(round));
            await UntilAsync(async () => await SearchAsync($"arrival{round}") is { Total: 1 } found && found.Items[0].ItemId == "new" && found.ModelVersion == model);
        }

        await done.CancelAsync();
        (await Task.WhenAll(load)).Sum().ShouldBeGreaterThan(0);
    }

    /// <summary>Requests until it is told to end; fails with the first that is not answered as it should be.</summary>
    private async Task<int> LoadAsync(CancellationToken done)
    {
        var answered = 0;
        for (; !done.IsCancellationRequested; answered++)
        {
            var found = await SearchAsync("number seven");
            (found.Outcome, found.Items[0].ItemId).ShouldBe((Outcomes.Found, "i7"));
            var similar = await SimilarAsync("i20");
            similar.Outcome.ShouldBe(Outcomes.Found);
            similar.Items.Select(item => item.ItemId).ShouldNotContain("gone");
        }

        return answered;
    }

    private async Task<SearchResponse> SearchAsync(string query)
    {
        using var response = await _http.PostAsJsonAsync(InnerPaths.Search, new SearchRequest(query, 5, ItemFilters.Default), ContractsJson.Default.SearchRequest);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.SearchResponse))!;
    }

    private async Task<ScoredItemsResponse> SimilarAsync(string item)
    {
        using var response = await _http.PostAsJsonAsync(InnerPaths.Similar, new SimilarRequest(item, 5, ItemFilters.Default), ContractsJson.Default.SimilarRequest);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ScoredItemsResponse))!;
    }

    private static CatalogItem[] Catalogue(int round) =>
    [
        .. Enumerable.Range(0, 40).Select(i => new CatalogItem($"i{i}", i == 7 ? "Number seven" : $"Figure {i}", "even", i + round, 10)),
        new CatalogItem("new", $"Arrival{round}", "odd", 1m, 1), new CatalogItem("gone", "Number seven gone", "odd", 1m, 1, Hidden: true),
    ];

    private void WriteEmbeddings(int round)
    {
        var lines = Enumerable.Range(0, 40).Select(i => $"{{\"item_id\":\"i{i}\",\"vector\":[{Math.Cos((i * 0.05) + round)},{Math.Sin((i * 0.05) + round)}]}}");
        File.WriteAllLines(Embeddings + ".new", lines);
        File.Move(Embeddings + ".new", Embeddings, overwrite: true);
    }

    private void Publish(string version)
    {
        using var draft = new ModelStore(_folder).Draft(version);
        var model = RetrievalTestModels.Chain();
        RetrievalFiles.Write(draft.Folder, model);
        AlsIndex.Write(draft.Folder, model.Als, new VectorIndexOptions());
        draft.Commit(new ModelManifest(
            version, DateTimeOffset.UnixEpoch, "test", "00", "none", model.Items.Count, 1, model.Statistics.AsOfMs, [], new Dictionary<string, double>(), new Dictionary<string, double>()));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        while (!await condition())
            await Task.Delay(10, deadline.Token);
    }
}
