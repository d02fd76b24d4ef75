using System.Runtime.InteropServices;
using System.Text.Json;
using Shouldly;
using Splitrail.Features;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer;
using Splitrail.Trainer.Ranker.Impressions;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker.Impressions;

public sealed class ImpressionLogTests : IDisposable
{
    private const long Day = 86_400_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Outcomes_join_the_list_they_came_of_within_a_day()
    {
        var log = Read(
            Served("r1", 1000, "a", "b", "c"),
            Served("r2", 500, "a"),
            Outcome("r1", "b", "click", 2000),
            Outcome("r1", "c", "click", 1000 + Day + 1),
            Outcome("r1", "a", "dismiss", 2000),
            Outcome("r2", "a", "purchase", 499),
            Outcome("other", "a", "click", 2000));
        log.Lists.Select(list => list.MomentMs).ShouldBe([500, 1000]);
        log.Lists[1].Items.Select(item => item.Taken).ShouldBe([false, true, false]);
        log.Lists[1].Items.Select(item => item.Position).ShouldBe([1, 2, 3]);
        log.Lists[0].Items.Single().Taken.ShouldBeFalse();
        log.Unjoined.ShouldBe(3);
    }

    [Fact]
    public void Lists_without_features_are_counted_and_left_out_and_a_repeated_one_counts_once()
    {
        var log = Read(
            """{"served":{"request_id":"r0","user_id":"u","timestamp_ms":1,"items":[{"item_id":"a","position":1}]}}""",
            Served("r1", 1000, "a"),
            Served("r1", 1000, "a"));
        log.WithoutFeatures.ShouldBe(1);
        log.Lists.Count.ShouldBe(1);
    }

    [Fact]
    public void Lists_of_an_older_feature_set_are_counted_and_left_out()
    {
        var log = Read("""{"served":{"request_id":"r","user_id":"u","timestamp_ms":1,"feature_set":"shop-v0","items":[{"item_id":"a","position":1,"features":[1]}]}}""", Served("r1", 1000, "a"));
        (log.OfOtherSet, log.Lists.Count).ShouldBe((1, 1));
    }

    [Fact]
    public void Features_in_base64_are_those_that_were_served_to_the_bit()
    {
        var served = Enumerable.Range(0, ShopFeatures.Set.Width).Select(static at => MathF.Sqrt(at) / 3).ToArray();
        var text = Convert.ToBase64String(MemoryMarshal.AsBytes(served.AsSpan()));
        var log = Read(
            $$$"""{"served":{"request_id":"r","unit":"u","unit_kind":"user","timestamp_ms":1,"arms":[],"items":[{"item_id":"a","position":1,"propensity":0.5,"features":"{{{text}}}"},{"item_id":"pinned","position":2}]}}""",
            Outcome("r", "a", "click", 2));
        var item = log.Lists.ShouldHaveSingleItem().Items.ShouldHaveSingleItem();
        item.Features.ShouldBe(served);
        (item.Position, item.Taken, log.Taken).ShouldBe((1, true, 1));
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("""{"served":{"request_id":"r","user_id":"u","timestamp_ms":1,"items":[{"item_id":"a","position":1,"features":"AAA"}]}}""", "neither a list of numbers nor base64")]
    [InlineData("{}", "neither \"served\" nor \"outcome\"")]
    [InlineData("""{"served":{"request_id":"r","timestamp_ms":1,"items":[{"item_id":"a","position":1}]}}""", "user_id or session_id")]
    [InlineData("""{"served":{"request_id":"r","user_id":"u","timestamp_ms":1,"items":[]}}""", "needs items")]
    [InlineData("""{"served":{"request_id":"r","user_id":"u","timestamp_ms":1,"items":[{"item_id":"a","position":0}]}}""", "position 0")]
    [InlineData("""{"served":{"request_id":"r","user_id":"u","timestamp_ms":1,"items":[{"item_id":"a","position":1,"examination":0}]}}""", "examination of item 'a' is 0")]
    [InlineData("""{"served":{"request_id":"r","user_id":"u","timestamp_ms":1,"items":[{"item_id":"a","position":1,"features":[1,2]}]}}""", "has 2 features")]
    [InlineData("""{"outcome":{"item_id":"a","type":"click","timestamp_ms":1}}""", "request_id and item_id")]
    public void A_line_that_is_wrong_is_refused_with_its_number_and_the_reason(string line, string reason)
    {
        var fault = Should.Throw<InputException>(() => Read(line)).Message;
        fault.ShouldContain("line 1");
        fault.ShouldContain(reason);
    }

    [Fact]
    public void A_missing_file_is_refused() =>
        Should.Throw<InputException>(() => ImpressionLog.Read(_folder["none.jsonl"])).Message.ShouldContain("no such file");

    private ImpressionLog Read(params string[] lines) => ImpressionLog.Read(_folder.Write("impressions.jsonl", string.Join('\n', lines) + "\n"));

    private static string Served(string request, long timeMs, params string[] items) => JsonSerializer.Serialize(new
    {
        served = new
        {
            request_id = request,
            user_id = "u",
            timestamp_ms = timeMs,
            feature_set = ShopFeatures.Set.Name,
            items = items.Select(static (item, at) => new { item_id = item, position = at + 1, features = new float[ShopFeatures.Set.Width] }),
        },
    });

    private static string Outcome(string request, string item, string type, long timeMs) =>
        JsonSerializer.Serialize(new { outcome = new { request_id = request, item_id = item, type, timestamp_ms = timeMs } });
}
