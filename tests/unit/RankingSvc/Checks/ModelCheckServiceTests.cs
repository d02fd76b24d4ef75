using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.RankingSvc;
using Splitrail.Tests.Unit.InnerServices;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Checks;

/// <summary>What the registry asks before it activates a version.</summary>
public sealed class ModelCheckServiceTests : ServiceOverHttp
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private protected override string Section => "RankingSvc";

    private protected override WebApplication Build(string[] arguments) => RankingApp.Build(arguments);

    [Fact]
    public async Task A_sound_version_is_accepted_once_it_was_opened()
    {
        RankingModels.Publish(Models, "v1", RankingModels.Logistic("log_price", 1f).ToOnnx(ShopFeatures.Set.Metadata));
        (await FinalAsync("v1")).ShouldBe(new ModelCheckResponse(Outcomes.Accepted));
    }

    [Fact]
    public async Task A_bad_version_is_invalid_with_the_reason()
    {
        RankingModels.Publish(Models, "v1", "not a model"u8.ToArray());
        var answer = await FinalAsync("v1");
        answer.Outcome.ShouldBe(Outcomes.Invalid);
        answer.Reason!.ShouldContain("ranker.onnx");
    }

    [Theory]
    [InlineData("v7")]
    [InlineData("../etc")]
    [InlineData("")]
    public async Task A_version_that_is_not_there_is_unknown(string version) => (await FinalAsync(version)).Outcome.ShouldBe(Outcomes.UnknownModel);

    private async Task<ModelCheckResponse> FinalAsync(string version)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        while (true)
        {
            using var response = await Http.PostAsJsonAsync(InnerPaths.ModelCheck, new ModelCheckRequest(version), ContractsJson.Default.ModelCheckRequest, deadline.Token);
            response.EnsureSuccessStatusCode();
            var answer = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ModelCheckResponse, deadline.Token))!;
            if (answer.Outcome != Outcomes.Pending)
                return answer;
        }
    }
}
