using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import.Formats;

public sealed class JsonLinesFormatTests : IDisposable
{
    private const string Good =
        """{"event_id":"e1","type":"purchase","user_id":"u","item_id":"a","timestamp_ms":1772000000000,"quantity":2,"value_micros":1500000}""";

    private readonly ImportScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Events_of_the_public_api_are_read_with_their_catalogue()
    {
        _scene.With("events.jsonl", Good).With("items.jsonl", """{"item_id":"a","title":"Lamp","category":"lights","price":1.5,"stock":3}""").Import("jsonl");
        _scene.Events.ShouldBe([new EventRow(1_772_000_000_000, EventTypes.Purchase, "u", null, "a", 2, 1_500_000)]);
        _scene.Items["a"].Title.ShouldBe("Lamp");
    }

    [Fact]
    public void An_event_sent_twice_counts_once()
    {
        _scene.With("log.jsonl", Good + "\n" + Good).Import("jsonl");
        _scene.Events.Count.ShouldBe(1);
        _scene.Result!.Ledger.Files.Single().Dropped["event_id seen before"].ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"type":"view",""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"event_id":"e2","type":"stare","user_id":"u","item_id":"a","timestamp_ms":1}""")]
    [InlineData("""{"event_id":"e2","type":"view","item_id":"a","timestamp_ms":1}""")]
    [InlineData("""{"event_id":"e2","type":"view","user_id":"u","timestamp_ms":1}""")]
    [InlineData("""{"event_id":"e2","type":"view","user_id":"u","item_id":"a"}""")]
    [InlineData("""{"event_id":"e2","type":"view","user_id":"u","item_id":"a","timestamp_ms":"noon"}""")]
    [InlineData("""{"event_id":"e2","type":"view","user_id":"u\u0000","item_id":"a","timestamp_ms":1}""")]
    [InlineData("""{"event_id":"e2","type":"view","user_id":"u","item_id":"a","timestamp_ms":1,"quantity":0}""")]
    public void A_line_that_is_no_event_is_a_bad_row(string line)
    {
        _scene.With("log.jsonl", Good + "\n" + line).Import("jsonl");
        _scene.BadRows.ShouldHaveSingleItem().ShouldStartWith("2: ");
    }
}
