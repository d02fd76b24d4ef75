using Shouldly;
using Splitrail.ExperimentSvc.Ingestion;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Ingestion;

public sealed class IntakeProgressTests
{
    private readonly IntakeProgress _progress = new();

    [Fact]
    public void The_newest_mark_of_each_topic_is_worth_a_row_once_it_is_well_ahead()
    {
        var first = _progress.Newer([new("exposures", 1_000_000), new("exposures", 1_003_000), new("interactions", 1_001_000)]);
        first.ShouldBe([new("exposures", 1_003_000), new("interactions", 1_001_000)]);
        _progress.Written(first);
        _progress.Newer([new("exposures", 1_012_999), new("interactions", 900_000)]).ShouldBeEmpty();
        _progress.Newer([new("exposures", 1_013_000), new("interactions", 1_005_000)]).ShouldBe([new("exposures", 1_013_000)]);
    }

    [Fact]
    public void What_was_not_stored_is_offered_again()
    {
        _progress.Newer([new("exposures", 1_000_000)]).Count.ShouldBe(1);
        _progress.Newer([new("exposures", 1_000_000)]).Count.ShouldBe(1);
    }
}
