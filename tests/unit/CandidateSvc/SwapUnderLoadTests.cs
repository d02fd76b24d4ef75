using Microsoft.AspNetCore.Builder;
using Shouldly;
using Splitrail.CandidateSvc;
using Splitrail.Contracts;
using Splitrail.Tests.Unit.InnerServices;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc;

/// <summary>Models, embeddings and catalogues change while requests come, and none of them is dropped or wrong.</summary>
public sealed class SwapUnderLoadTests : ServiceOverHttp
{
    private string Embeddings => Path.Combine(Models, "items.jsonl");

    private protected override string Section => "CandidateSvc";

    private protected override IEnumerable<string> Settings => [$"--CandidateSvc:Embeddings={Embeddings}"];

    private protected override WebApplication Build(string[] arguments) => CandidateApp.Build(arguments);

    private protected override void Prepare()
    {
        foreach (var version in new[] { "v1", "v2" })
            CandidateModels.Publish(Models, version);
        WriteEmbeddings(0);
        Sidecar.Offer(1, Catalogue(1));
        Sidecar.Activate("v1", 1);
    }

    private protected override async Task StartedAsync()
    {
        await ReadyAsync();
        await UntilAsync(async () => (await Http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("40 items x 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_request_is_dropped_while_everything_is_swapped()
    {
        using var done = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => LoadAsync(done.Token)).ToArray();

        for (var round = 2; round < 8; round++)
        {
            var model = round % 2 == 0 ? "v2" : "v1";
            Sidecar.Activate(model, round);
            WriteEmbeddings(round);
            Sidecar.Offer(round, Catalogue(round));
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

    private Task<SearchResponse> SearchAsync(string query) =>
        AskAsync(InnerPaths.Search, new SearchRequest(query, 5, ItemFilters.Default), ContractsJson.Default.SearchRequest, ContractsJson.Default.SearchResponse);

    private Task<ScoredItemsResponse> SimilarAsync(string item) =>
        AskAsync(InnerPaths.Similar, new SimilarRequest(item, 5, ItemFilters.Default), ContractsJson.Default.SimilarRequest, ContractsJson.Default.ScoredItemsResponse);

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
}
