using Shouldly;
using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Features;

public sealed class ShopFeaturesTests
{
    private const long Day = 86_400_000;
    private const long Now = 1000 * Day;
    private static readonly ItemIndex Items = new(["mug", "tea", "lamp"]);
    private static readonly ItemStatistics Statistics = new()
    {
        AsOfMs = Now,
        CountAll = [100, 50, 0],
        Count365 = [80, 50, 0],
        Count90 = [60, 30, 0],
        Count30 = [30, 0, 0],
        Count7 = [7, 0, 0],
        LikedRate = [1, 1, 1],
        FirstEventMs = [Now - (100 * Day), Now - (9 * Day), long.MaxValue],
        LogPrice = [MathF.Log(5), MathF.Log(20), float.NaN],
        Category = [0, 1, -1],
        CategoryNames = ["kitchen", "food"],
        RepeatRate = 0.3f,
    };

    private static readonly UserContext Shopper = new(
        7, 7, Math.Log(10), Now - (3 * Day), [new("tea", 2.2f, Now - (3 * Day), 2, Now - (19 * Day)), new("mug", -1f, Now - (5 * Day), 0, null)]);

    [Fact]
    public void A_row_says_how_popular_the_item_is_and_where_it_goes()
    {
        var row = Row(UserContext.Empty, [], item: 0);
        row["log_count_all"].ShouldBe(MathF.Log(101), 1e-6f);
        row["log_count_365_days"].ShouldBe(MathF.Log(81), 1e-6f);
        row["log_count_90_days"].ShouldBe(MathF.Log(61), 1e-6f);
        row["log_count_30_days"].ShouldBe(MathF.Log(31), 1e-6f);
        row["log_count_7_days"].ShouldBe(MathF.Log(8), 1e-6f);
        row["trend_7_to_30_days"].ShouldBe(8f / 8f, 1e-6f);
        row["trend_30_to_90_days"].ShouldBe(31f / 21f, 1e-6f);
        row["log_days_since_first_event"].ShouldBe(MathF.Log(101), 1e-5f);
    }

    [Fact]
    public void A_row_says_what_the_shopper_had_to_do_with_the_item()
    {
        var tea = Row(Shopper, [], item: 1);
        tea["log_days_since_bought"].ShouldBe(MathF.Log(20), 1e-5f);
        tea["log_times_bought"].ShouldBe(MathF.Log(3), 1e-6f);
        tea["interest"].ShouldBe(MathF.Log(3.2f), 1e-6f);
        tea["log_days_since_seen"].ShouldBe(MathF.Log(4), 1e-5f);
        tea["category_share"].ShouldBe(1f);
        tea["in_last_category"].ShouldBe(1f);
        tea["log_price_minus_users_mean"].ShouldBe(MathF.Log(2), 1e-5f);
        tea["log_users_events"].ShouldBe(MathF.Log(8), 1e-6f);
        tea["log_days_since_users_last_event"].ShouldBe(MathF.Log(4), 1e-5f);
        var mug = Row(Shopper, [], item: 0);
        mug["log_days_since_bought"].ShouldBe(MathF.Log(1000), 1e-5f);
        mug["interest"].ShouldBe(-MathF.Log(2), 1e-6f);
        mug["category_share"].ShouldBe(0f);
    }

    [Fact]
    public void A_guests_session_stands_in_for_a_history()
    {
        var row = Row(UserContext.Empty, ["mug", "tea", "unheard-of"], item: 0);
        row["log_session_items"].ShouldBe(MathF.Log(4), 1e-6f);
        row["log_days_since_users_last_event"].ShouldBe(0f);
        row["category_share"].ShouldBe(0.5f);
        row["in_last_category"].ShouldBe(0f);
        row["log_price_minus_users_mean"].ShouldBe(MathF.Log(5) - MathF.Log(10), 1e-5f);
        row["log_days_since_bought"].ShouldBe(MathF.Log(1000), 1e-5f);
    }

    [Fact]
    public void Signals_enter_as_they_are_and_ranks_by_their_logarithm()
    {
        var row = Row(UserContext.Empty, [], item: 0, new CandidateSignals(0.4f, 0.5f, 0.6f, 9, SignalNames.NoRank));
        row["als"].ShouldBe(0.4f);
        row["ease"].ShouldBe(0.5f);
        row["item_knn"].ShouldBe(0.6f);
        row["log_als_rank"].ShouldBe(MathF.Log(10), 1e-6f);
        row["log_ease_rank"].ShouldBe(MathF.Log(1001), 1e-5f);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void What_is_unknown_of_an_item_gives_a_finite_row(int item)
    {
        var row = Row(Shopper, ["lamp"], item, logPrice: float.NaN);
        row.Values.ShouldAllBe(value => float.IsFinite(value));
        row["log_count_all"].ShouldBe(0f);
        row["log_price"].ShouldBe(0f);
        row["log_days_since_first_event"].ShouldBe(0f);
    }

    [Fact]
    public void Writing_a_row_allocates_nothing()
    {
        var features = new ShopFeatures(Statistics);
        var user = new UserProfile(Items, Statistics, Shopper, ["mug"], Now);
        var row = new float[ShopFeatures.Set.Width];
        features.Write(user, 1, 2f, default, row);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            features.Write(user, i % 3, 2f, default, row);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_model_of_another_feature_set_is_refused_by_name()
    {
        var refused = Should.Throw<FeatureSetMismatchException>(() =>
            ShopFeatures.Set.Require("m7", key => key == FeatureSet.NameKey ? "shop-v0" : null));
        refused.Message.ShouldContain("'m7'");
        refused.Message.ShouldContain("'shop-v0'");
        refused.Message.ShouldContain("'shop-v1'");
    }

    [Fact]
    public void A_model_whose_features_changed_under_the_same_name_is_refused()
    {
        ShopFeatures.Set.Require("m7", key => ShopFeatures.Set.Metadata[key]);
        Should.Throw<FeatureSetMismatchException>(() =>
            ShopFeatures.Set.Require("m7", key => key == FeatureSet.NameKey ? "shop-v1" : "als,ease"));
    }

    [Fact]
    public void Signals_are_read_by_name_in_whatever_order_they_come()
    {
        var layout = SignalLayout.Of(["ease_rank", "extra", "ease", "als", "als_rank", "item_knn"]);
        layout.Read([5f, 0f, 2f, 1f, 4f, 3f]).ShouldBe(new CandidateSignals(1, 2, 3, 4, 5));
        Should.Throw<MissingSignalException>(() => SignalLayout.Of(["als"])).Message.ShouldContain("'ease'");
    }

    private static Dictionary<string, float> Row(
        UserContext context, string[] session, int item, CandidateSignals signals = default, float? logPrice = null)
    {
        var row = new float[ShopFeatures.Set.Width];
        row.AsSpan().Fill(float.NaN);
        var price = logPrice ?? (item < 0 ? float.NaN : Statistics.LogPrice[item]);
        new ShopFeatures(Statistics).Write(new UserProfile(Items, Statistics, context, session, Now), item, price, signals, row);
        return ShopFeatures.Set.Features.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
