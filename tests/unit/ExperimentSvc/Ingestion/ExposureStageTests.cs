using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Ingestion;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Ingestion;

public sealed class ExposureStageTests
{
    [Fact]
    public void Of_each_unit_and_arm_only_the_first_is_stored_and_repetitions_end_here()
    {
        var stage = new ExposureStage(1000, TimeProvider.System);
        Exposure[] all = [.. Enumerable.Range(0, 400).Select(i => Of($"x{i}", $"u{i % 40}", i)), .. Enumerable.Range(0, 40).Select(i => Of($"x{i}", $"u{i % 40}", i))];
        new Random(3).Shuffle(all);
        foreach (var one in all)
            stage.Offer(one);
        stage.Pending.Select(static one => one.ExposureId).Order().ShouldBe(Enumerable.Range(0, 40).Select(static i => $"x{i}").Order());
        stage.MarkStored();
        all.ShouldAllBe(one => !stage.Offer(one));
        stage.PendingCount.ShouldBe(0);
        stage.Offer(Of("earlier", "u7", 3)).ShouldBeTrue();
        stage.Offer(Of("another-of-that-moment", "u7", 7)).ShouldBeFalse("the earlier one is on its way");
    }

    [Fact]
    public void Another_exposure_of_the_same_moment_is_for_the_database_to_decide()
    {
        var stage = new ExposureStage(1000, TimeProvider.System);
        stage.Offer(Of("b", "u", 1));
        stage.MarkStored();
        stage.Offer(Of("b", "u", 1)).ShouldBeFalse();
        stage.Offer(Of("a", "u", 1)).ShouldBeTrue();
    }

    [Fact]
    public void A_login_is_stored_though_its_exposure_is_not_the_first()
    {
        var stage = new ExposureStage(1000, TimeProvider.System);
        var guest = Of("1", "s", 1) with { UnitKind = UnitKinds.Session };
        var login = guest with { ExposureId = "2", TimestampMs = 5, LinkedUser = "anna" };
        stage.Offer(guest);
        stage.Offer(login).ShouldBeTrue();
        stage.Pending.ShouldBe([guest, login], ignoreOrder: true);
        stage.MarkStored();
        stage.Offer(login).ShouldBeFalse();
        stage.Offer(login with { ExposureId = "3", TimestampMs = 9, LinkedUser = "bert" }).ShouldBeFalse("the first login counts");
        stage.Offer(login with { ExposureId = "4", TimestampMs = 4, LinkedUser = "bert" }).ShouldBeTrue();
    }

    [Fact]
    public void What_could_not_be_stored_is_taken_again_and_memory_is_bounded()
    {
        var stage = new ExposureStage(100, TimeProvider.System);
        stage.Offer(Of("1", "u", 1));
        stage.Abandon();
        stage.Offer(Of("1", "u", 1)).ShouldBeTrue();
        for (var i = 0; i < 1000; i++)
        {
            stage.Offer(Of($"{i}", $"u{i}", i));
            stage.MarkStored();
            stage.Known.ShouldBeLessThanOrEqualTo(100);
        }

        stage.Offer(Of("999", "u999", 999)).ShouldBeFalse();
        stage.Forget();
        stage.Offer(Of("999", "u999", 999)).ShouldBeTrue();
    }

    private static Exposure Of(string id, string unit, long at) => new(id, "order", "a", unit, UnitKinds.User, "request", 1, 1, 0.5, at);
}
