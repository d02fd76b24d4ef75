using Shouldly;
using Splitrail.ExperimentSvc.Pages.Models;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Models;

public sealed class ModelMetricWordsTests
{
    [Theory]
    [InlineData("ndcg_at_10_als", "Order of the 10 best (NDCG): taste of like shoppers")]
    [InlineData("ndcg_at_5", "Order of the 5 best (NDCG)")]
    [InlineData("recall_at_100", "Recall at 100")]
    public void A_metric_of_training_is_told_in_words(string name, string words) => ModelMetricWords.Of(name).ShouldBe(words);
}
