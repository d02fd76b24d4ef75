using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.FeatureSvc.Catalogs;
using Xunit;

namespace Splitrail.Tests.Unit.FeatureSvc.Catalogs;

public sealed class CatalogStateTests
{
    private const long Born = 1_000;

    [Fact]
    public void A_reader_that_follows_the_changes_holds_what_a_full_answer_holds()
    {
        var random = new Random(3);
        var state = CatalogState.Empty(Born);
        var held = new Dictionary<string, CatalogItem>();
        var version = 0L;
        for (var round = 1; round <= 200; round++)
        {
            var ids = Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"item-{random.Next(30)}").Distinct();
            state = state.Apply(Born + round, [.. ids.Select(id => Row(id, Born + round, stock: random.Next(100)))]);
            if (random.Next(3) > 0)
                continue;
            var answer = Answer(state, version);
            answer.Full.ShouldBe(version == 0);
            foreach (var item in answer.Items)
                held[item.ItemId] = item;
            version = answer.Version;
            held.Values.OrderBy(static item => item.ItemId, StringComparer.Ordinal)
                .ShouldBe(Answer(state, 0).Items.OrderBy(static item => item.ItemId, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData(Born + 2, Outcomes.Unchanged, false, 0)]
    [InlineData(Born + 1, Outcomes.Changed, false, 1)]
    [InlineData(Born, Outcomes.Changed, false, 2)]
    [InlineData(Born - 1, Outcomes.Changed, true, 2)]
    [InlineData(Born + 3, Outcomes.Changed, true, 2)]
    [InlineData(0, Outcomes.Changed, true, 2)]
    public void What_is_answered_depends_on_the_version_held(long held, string outcome, bool full, int items)
    {
        var state = CatalogState.Empty(Born).Apply(Born + 1, [Row("a", Born + 1)]).Apply(Born + 2, [Row("b", Born + 2)]);
        var answer = Answer(state, held);
        (answer.Outcome, answer.Full, answer.Items.Count, answer.Version).ShouldBe((outcome, full, items, Born + 2));
    }

    [Fact]
    public void A_price_survives_the_way_through_millionths()
    {
        foreach (var price in (decimal?[])[0m, 0.01m, 12.34m, 999_999.999999m, null])
            ItemRow.Of(new CatalogItem("a", "A", "", price, null), false, 1).ToItem().Price.ShouldBe(price);
    }

    private static CatalogFeedResponse Answer(CatalogState state, long held) =>
        JsonSerializer.Deserialize(state.AnswerTo(held), ContractsJson.Default.CatalogFeedResponse)!;

    private static ItemRow Row(string id, long version, int stock = 1) => ItemRow.Of(new CatalogItem(id, id, "", 1m, stock), fromDataset: false, version);
}
