using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Metrics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Ingestion;

public sealed class SegmentsTests
{
    [Fact]
    public void Values_are_known_words_and_everything_else_is_other_or_unknown()
    {
        Values(new ExposureContext("Mobile", " home ", "at")).ShouldBe(["mobile", "home", "AT", "new", "known"]);
        Values(new ExposureContext("toaster", "/shop?id=1", "Austria")).ShouldBe(["other", "other", "other", "new", "known"]);
        Values(new ExposureContext(null, "", "ÄÖ")).ShouldBe(["unknown", "unknown", "other", "new", "known"]);
        Values(null).ShouldBe(["unknown", "unknown", "unknown", "new", "known"]);
    }

    [Fact]
    public void A_guest_who_was_here_before_is_a_returning_guest() =>
        Segments.Read(Segments.Of(Exposure(null) with { Unit = UnitKey.OfSession("s") }, isReturning: true)).Select(static one => one.Value).TakeLast(2).ShouldBe(["returning", "guest"]);

    [Fact]
    public void Each_value_stands_at_its_dimension_and_who_was_counted_before_has_none()
    {
        Segments.Read(Segments.Of(Exposure(null), isReturning: false)).Select(static one => one.Dimension).ShouldBe(DimensionTable.Names);
        Segments.Read("").ShouldBeEmpty();
    }

    private static IEnumerable<string> Values(ExposureContext? context) => Segments.Read(Segments.Of(Exposure(context), isReturning: false)).Select(static one => one.Value);

    private static UnitExposure Exposure(ExposureContext? context) => UnitExposure.Of(new Exposure("e", "x", "a", "u", UnitKinds.User, "r", 1, 1, 0.5, 7, Context: context));
}
