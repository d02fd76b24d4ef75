using System.Text;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Xunit;

namespace Splitrail.Tests.Unit.Dapr;

public sealed class CloudEventReaderTests
{
    private const string Data = """{"events":[{"event_id":"e1","type":"view","user_id":"u","item_id":"i","timestamp_ms":1}]}""";

    [Fact]
    public void An_envelope_is_read_with_its_data()
    {
        var message = Read($$"""{"data":{{Data}},"id":"x","source":"gateway","topic":"interactions","pubsubname":"pubsub","time":"2026-11-21T20:47:13Z","type":"com.dapr.event.sent"}""");
        message.Id.ShouldBe("x");
        message.Source.ShouldBe("gateway");
        message.Topic.ShouldBe("interactions");
        message.Time.ShouldBe(new DateTimeOffset(2026, 11, 21, 20, 47, 13, TimeSpan.Zero));
        message.Data.Events.ShouldHaveSingleItem().EventId.ShouldBe("e1");
    }

    [Fact]
    public void Data_that_was_published_without_a_content_type_is_JSON_in_a_string() =>
        Read($$"""{"data":{{JsonSerializer.Serialize(Data)}}}""").Data.Events.Count.ShouldBe(1);

    [Fact]
    public void Raw_data_is_base64() => Read($$"""{"data_base64":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Data))}}"}""").Data.Events.Count.ShouldBe(1);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":[1]}""")]
    [InlineData("""{"data":"no json"}""")]
    [InlineData("""{"data_base64":"???"}""")]
    [InlineData("""{"data_base64":5}""")]
    [InlineData("""{"data":"\ud800"}""")]
    [InlineData("""{"id":"\ud800","data":{"events":[]}}""")]
    public void Anything_else_cannot_be_read(string body) => Should.Throw<JsonException>(() => Read(body));

    private static CloudEvent<ShopEventBatch> Read(string body) => CloudEventReader.Read(Encoding.UTF8.GetBytes(body), ContractsJson.Default.ShopEventBatch);
}
