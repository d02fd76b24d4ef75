using Shouldly;
using Splitrail.ExperimentSvc.Pages.Operation;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Operation;

public sealed class MetricTextTests
{
    private const string Text = """
        # HELP lookups_total Lookups.
        # TYPE lookups_total counter
        lookups_total{cache="a",result="hit"} 3
        lookups_total{cache="a",result="miss"} 1 1700000000000
        lookups_total{cache="b \"x\\y\"",result="hit"} 5
        took_seconds_bucket{level="0",le="0.01"} 50
        took_seconds_bucket{level="0",le="0.02"} 99 # {trace_id="1"} 0.015
        took_seconds_bucket{level="0",le="+Inf"} 100
        took_seconds_count{level="0"} 100
        plain 7.5
        broken{a="b
        nothing
        """;

    private readonly MetricText _metrics = MetricText.Parse(Text);

    [Fact]
    public void Samples_are_added_up_by_their_labels()
    {
        _metrics.Sum("lookups_total", ("cache", "a")).ShouldBe(4);
        _metrics.Sum("lookups_total", ("cache", "b \"x\\y\"")).ShouldBe(5);
        _metrics.Sum("plain").ShouldBe(7.5);
        _metrics.Sum("lookups_total", ("cache", "c")).ShouldBeNull();
        _metrics.Sum("broken").ShouldBeNull();
    }

    [Fact]
    public void A_quantile_lies_within_its_bucket_and_is_unknown_beyond_the_last_edge()
    {
        _metrics.Quantile("took_seconds", 0.5, ("level", "0"))!.Value.ShouldBe(0.01, 1e-12);
        _metrics.Quantile("took_seconds", 0.745, ("level", "0"))!.Value.ShouldBe(0.015, 1e-12);
        _metrics.Quantile("took_seconds", 0.999, ("level", "0")).ShouldBeNull();
        _metrics.Quantile("took_seconds", 0.5, ("level", "1")).ShouldBeNull();
    }
}
