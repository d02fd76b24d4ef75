using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>Requests that come while calls are under way share the next one.</summary>
public sealed class GatewayGatheringTests : GatewayTest
{
    private const int Shoppers = 6;

    protected override string[] Settings => ["--Gateway:CallsAtOnce=1", "--Gateway:CallsGathered=4", "--Gateway:ResponseCacheTtl=00:00:00", "--Gateway:ContextCacheTtl=00:00:00", "--Gateway:StageTimeouts:Context=00:00:00.400"];

    [Fact]
    public async Task Everybody_gets_his_own_answer()
    {
        // The candidates of a request are the items of its session, so that an answer says whose it is.
        Sidecar.On($"/v1.0/invoke/{AppIds.Candidate}/method{InnerPaths.Candidates}", static async (context, body) =>
        {
            var session = JsonSerializer.Deserialize(body, ContractsJson.Default.CandidateRequest)!.SessionItems;
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.Body, ScriptedShop.Candidates([.. ScriptedShop.Items.Except(session)]), ContractsJson.Default.CandidateResponse);
        });
        Sidecar.On($"/v1.0/invoke/{AppIds.Feature}/method{InnerPaths.Context}", static async (context, _) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), context.RequestAborted);
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.Body, new ContextResponse(Outcomes.UnknownUser, UserContext.Empty), ContractsJson.Default.ContextResponse);
        });

        await Eventually.ReachesAsync(AllAtOnceAsync, _ => Sidecar.BodiesOf(InnerPaths.ContextBatch).Count > 0 && Sidecar.BodiesOf(InnerPaths.CandidatesBatch).Count > 0, "calls were gathered");
    }

    private async Task<int> AllAtOnceAsync()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, Shoppers).Select(shopper => Gateway.RecommendAsync($$"""{"session_id":"s{{shopper}}","session_items":["i{{shopper}}"]}""")));
        for (var shopper = 1; shopper <= Shoppers; shopper++)
        {
            var answer = answers[shopper - 1];
            answer.Level().ShouldBe(0);
            answer.GetProperty("recommendations").EnumerateArray().Select(static item => item.GetProperty("item_id").GetString())
                .ShouldBe(ScriptedShop.Items.Except([$"i{shopper}"]).Reverse());
        }

        return answers.Length;
    }

    [Fact]
    public async Task A_service_that_fails_a_gathered_call_costs_quality_and_no_answer()
    {
        Sidecar.TakeAway(AppIds.Ranking, InnerPaths.Rank);

        var answers = await Task.WhenAll(Enumerable.Range(1, Shoppers).Select(_ => Gateway.RecommendAsync("{}")));

        answers.ShouldAllBe(static answer => answer.Level() == 1);
    }
}
