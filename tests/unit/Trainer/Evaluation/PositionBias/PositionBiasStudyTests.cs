using Shouldly;
using Splitrail.Trainer.Evaluation.PositionBias;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Evaluation.PositionBias;

public sealed class PositionBiasStudyTests
{
    [Fact]
    public void With_the_correction_clicks_teach_nearly_what_wishes_do_and_without_it_clearly_less()
    {
        var run = new PositionBiasStudy(seed: 1, lists: 5000).Run(RankerLearners.Logistic);
        run.Loss(run.Corrected).ShouldBeLessThan(0.02);
        run.Loss(run.Estimated).ShouldBeLessThan(0.04);
        run.Loss(run.Uncorrected).ShouldBeGreaterThan(0.05);
        run.OnTruth.ShouldBeGreaterThan(0.5);
    }
}
