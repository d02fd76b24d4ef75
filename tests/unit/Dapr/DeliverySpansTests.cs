using System.Diagnostics;
using Shouldly;
using Splitrail.Dapr;
using Xunit;

namespace Splitrail.Tests.Unit.Dapr;

public sealed class DeliverySpansTests : IDisposable
{
    private const string Route = "/events/of-this-test";
    private readonly List<Activity> _stopped = [];
    private readonly ActivityListener _listener;

    public DeliverySpansTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == DeliverySpans.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (_stopped)
                {
                    if (activity.DisplayName == $"process {Route}")
                        _stopped.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Each_message_goes_on_with_the_trace_it_was_published_in_and_is_linked_to_its_delivery()
    {
        using var delivery = new Activity("delivery").SetIdFormat(ActivityIdFormat.W3C).Start();
        string?[] parents =
        [
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null, "", "nonsense", "00-00000000000000000000000000000000-0000000000000000-00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ];

        using (DeliverySpans.Start(Route, parents))
            Activity.Current.ShouldBe(delivery);

        Activity.Current.ShouldBe(delivery);
        _stopped.Select(static one => one.TraceId.ToHexString()).ShouldBe(["0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736"], ignoreOrder: true);
        _stopped.ShouldAllBe(static one => one.Kind == ActivityKind.Consumer);
        _stopped.SelectMany(static one => one.Links).ShouldAllBe(link => link.Context.SpanId == delivery.SpanId);
    }
}
