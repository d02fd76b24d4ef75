using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Splitrail.CandidateSvc;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Tests.Unit.InnerServices;
using Splitrail.Tests.Unit.Retrieval;
using Splitrail.Tests.Unit.Retrieval.Bayesian;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc;

/// <summary>The service over HTTP, with a real model folder and a stand-in for its sidecar.</summary>
public sealed class CandidateServiceTests : ServiceOverHttp
{
    private const long NowMs = RetrievalTestModels.AsOfMs;

    private protected override string Section => "CandidateSvc";

    private protected override WebApplication Build(string[] arguments) => CandidateApp.Build(arguments);

    private protected override void Prepare() => CandidateModels.Publish(Models, "v1");

    [Fact]
    public async Task Before_a_model_and_a_catalogue_are_there_it_answers_not_ready_with_200()
    {
        (await Candidates([])).Outcome.ShouldBe(Outcomes.NotReady);
        (await PostAsync(InnerPaths.Search, new SearchRequest("x", 5, ItemFilters.Default), ContractsJson.Default.SearchRequest)).Outcome.ShouldBe(Outcomes.NotReady);
        (await Http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_session_item_brings_what_goes_with_it()
    {
        await ServeAsync();

        var answer = await Candidates(["i20"]);

        answer.Outcome.ShouldBe(Outcomes.Found);
        answer.ModelVersion.ShouldBe("v1");
        var candidates = answer.Candidates;
        candidates.Fault().ShouldBeNull();
        candidates.Signals.ShouldBe(SignalNames.All);
        candidates.ItemIds[0].ShouldBe("i21");
        (candidates.SourcesOf(0) >> Array.IndexOf(candidates.Sources, CandidateSources.ItemToItem) & 1).ShouldBe(1U);
        candidates.ScoreOf(0).ShouldBeGreaterThan(candidates.ScoreOf(candidates.Count - 1));
        candidates.ItemIds.ShouldNotContain("i20");
    }

    [Fact]
    public async Task Several_in_one_call_get_what_each_would_get_alone()
    {
        await ServeAsync();
        string[][] sessions = [["i20"], [], ["i3", "i20"]];
        var batch = new Batch<CandidateRequest>([.. sessions.Select(session => new CandidateRequest(UserContext.Empty, session, 30, ItemFilters.Default, null, true, NowMs))]);

        using var response = await Http.PostAsJsonAsync(InnerPaths.CandidatesBatch, batch, ContractsJson.Default.BatchCandidateRequest);

        var answers = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.BatchCandidateResponse))!.Entries;
        answers.Count.ShouldBe(3);
        foreach (var (answer, session) in answers.Zip(sessions))
            answer.Candidates.ItemIds.ShouldBe((await Candidates(session)).Candidates.ItemIds);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"entries":null}""")]
    [InlineData("""{"entries":[null]}""")]
    public async Task A_call_for_nobody_is_answered_with_nothing(string body)
    {
        await ServeAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri(InnerPaths.CandidatesBatch, UriKind.Relative), content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadFromJsonAsync(ContractsJson.Default.BatchCandidateResponse))!.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bought_items_come_back_only_after_the_days_asked_for()
    {
        await ServeAsync();
        var bought = new HistoryItem("i21", 1f, NowMs - 40 * RetrievalTestModels.DayMs, 1, NowMs - 40 * RetrievalTestModels.DayMs);
        var context = UserContext.Empty with { EventCount = 1, History = [bought] };

        (await Candidates(["i20"], context)).Candidates.ItemIds.ShouldContain("i21");
        (await Candidates(["i20"], context, new ItemFilters(ExcludeBoughtDays: 60))).Candidates.ItemIds.ShouldNotContain("i21");
    }

    [Fact]
    public async Task Without_personal_sources_the_context_is_not_looked_at()
    {
        await ServeAsync();
        var context = UserContext.Empty with { EventCount = 1, History = [new HistoryItem("i30", 1f, NowMs - 1, 0, null)] };

        (await Candidates([], context, personal: true)).Candidates.ItemIds[0].ShouldBe("i31");
        (await Candidates([], context, personal: false)).Candidates.ItemIds[0].ShouldBe("i0");
    }

    [Fact]
    public async Task An_unknown_mix_serves_the_default_one()
    {
        await ServeAsync();

        (await Candidates(["i20"], mix: "of the future")).Candidates.ItemIds[0].ShouldBe("i21");
        (await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).ShouldContain("reason=\"unknown_mix\"");
    }

    [Fact]
    public async Task A_change_of_the_catalogue_is_obeyed_by_the_next_lists()
    {
        await ServeAsync();

        Sidecar.Offer(2, [.. Catalogue().Where(item => item.ItemId != "i21").Select(item => item.ItemId == "i22" ? item with { Stock = 0 } : item)]);

        await UntilAsync(async () => (await Candidates(["i20", "i21"])).Candidates.ItemIds.All(id => id is not ("i21" or "i22")));
    }

    [Fact]
    public async Task Similar_knows_model_items_new_items_and_unknown_ones()
    {
        await ServeAsync();

        (await Similar("i20")).Items[0].ItemId.ShouldBe("i21");
        (await Similar("new")).Items.Select(item => item.ItemId).ShouldContain("i7");
        (await Similar("nobody's")).Outcome.ShouldBe(Outcomes.UnknownItem);
    }

    [Fact]
    public async Task Popular_respects_the_category()
    {
        await ServeAsync();

        var answer = await PostAsync(InnerPaths.Popular, new PopularRequest(3, new ItemFilters(Categories: ["odd"])), ContractsJson.Default.PopularRequest);

        answer.Items.Select(item => item.ItemId).ShouldBe(["i1", "i3", "i5"]);
    }

    [Fact]
    public async Task Search_finds_by_words_and_also_what_no_model_knows()
    {
        await ServeAsync();

        var answer = await PostAsync(InnerPaths.Search, new SearchRequest("brand new seven", 5, ItemFilters.Default), ContractsJson.Default.SearchRequest);

        answer.Items[0].ItemId.ShouldBe("new");
    }

    [Fact]
    public async Task A_new_model_is_swapped_in_and_a_damaged_one_is_not()
    {
        await ServeAsync();
        CandidateModels.Publish(Models, "v2");
        CandidateModels.Publish(Models, "v3");
        File.AppendAllText(Path.Combine(Models, "v3", RetrievalFiles.AlsName), "x");

        Sidecar.Activate("v2", 2);
        await UntilAsync(async () => (await Candidates([])).ModelVersion == "v2");
        Sidecar.Activate("v3", 3);
        await UntilAsync(async () => (await Http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("is damaged", StringComparison.Ordinal));

        (await Candidates([])).ModelVersion.ShouldBe("v2");
    }

    [Fact]
    public async Task A_model_with_ratings_says_what_the_user_would_give_and_one_without_says_nothing()
    {
        await ServeAsync();
        (await Candidates(["i20"])).Ratings.ShouldBeNull();
        CandidateModels.Publish(Models, "v2", RetrievalTestModels.Chain() with { Bayesian = RatingTestModels.EvenOrOdd() });
        Sidecar.Activate("v2", 2);
        await UntilAsync(async () => (await Candidates([])).ModelVersion == "v2");

        var stranger = await Candidates([]);
        var rated = await Candidates([], UserContext.Empty with { EventCount = 1, History = [new HistoryItem("i0", 0, NowMs - 1, 0, null, 5)] });

        stranger.Ratings.ShouldNotBeNull().AreOf(stranger.Candidates.Count).ShouldBeTrue();
        var (before, after) = (RatingOf(stranger, "i2"), RatingOf(rated, "i2"));
        after.Mean.ShouldBeGreaterThan(before.Mean + 1);
        after.Deviation.ShouldBeLessThan(before.Deviation - 0.2f);
        before.Low.ShouldBe(before.Mean - 1.6449f * before.Deviation, 1e-3f);
        before.High.ShouldBe(5f);
        RatingOf(rated, "i25").Deviation.ShouldBeGreaterThan(after.Deviation);

        static ItemRating RatingOf(CandidateResponse answer, string item) => answer.Ratings![Array.IndexOf(answer.Candidates.ItemIds, item)];
    }

    [Fact]
    public async Task A_cut_index_of_factors_is_refused_and_the_old_model_serves_on()
    {
        await ServeAsync();
        CandidateModels.Publish(Models, "v2");
        var index = Path.Combine(Models, "v2", RetrievalFiles.AlsIndexName);
        File.WriteAllBytes(index, File.ReadAllBytes(index)[..^100]);

        Sidecar.Activate("v2", 2);
        await UntilAsync(async () => await Http.GetStringAsync(new Uri("/health", UriKind.Relative)) is var health
            && health.Contains(RetrievalFiles.AlsIndexName, StringComparison.Ordinal) && health.Contains("is damaged", StringComparison.Ordinal));

        (await Candidates(["i20"])).ModelVersion.ShouldBe("v1");
    }

    [Fact]
    public async Task The_summary_tells_what_is_loaded()
    {
        await ServeAsync();

        using var response = await Http.PostAsJsonAsync(InnerPaths.ModelSummary, new Empty(), ContractsJson.Default.Empty);
        var summary = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ModelSummary))!;

        (summary.Outcome, summary.ModelVersion, summary.Items).ShouldBe((Outcomes.Found, "v1", 40));
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

    private Task<CandidateResponse> Candidates(
        string[] session, UserContext? context = null, ItemFilters? filters = null, string? mix = null, bool personal = true)
    {
        var request = new CandidateRequest(context ?? UserContext.Empty, session, 30, filters ?? ItemFilters.Default, mix, personal, NowMs);
        return AskAsync(InnerPaths.Candidates, request, ContractsJson.Default.CandidateRequest, ContractsJson.Default.CandidateResponse);
    }

    private Task<ScoredItemsResponse> Similar(string item) =>
        PostAsync(InnerPaths.Similar, new SimilarRequest(item, 5, ItemFilters.Default), ContractsJson.Default.SimilarRequest);

    private Task<ScoredItemsResponse> PostAsync<T>(string path, T request, JsonTypeInfo<T> type) => AskAsync(path, request, type, ContractsJson.Default.ScoredItemsResponse);
}
