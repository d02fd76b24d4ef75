using Shouldly;
using Splitrail.Datasets;
using Splitrail.Trainer.Evaluation;
using Xunit;
using static Splitrail.Tests.Unit.Trainer.Training.InteractionLogs;

namespace Splitrail.Tests.Unit.Trainer.Evaluation;

public sealed class TemporalSplitTests
{
    private static readonly EventRow[] s_events =
    [
        Bought("old", "i0", 1), Bought("old", "i1", 2), Bought("gone", "i1", 3), GuestBought("s0", "i1", 4),
        Bought("old", "i2", 10), Bought("new", "i3", 11), Rated("hater", "i0", 12, stars: 1),
        GuestBought("s1", "i4", 13), GuestBought("s1", "i4", 13), GuestBought("s1", "i5", 14),
    ];

    private static readonly TemporalSplit s_split = new(s_events, StartMs + 10 * DayMs);

    [Fact]
    public void Test_users_are_those_who_liked_something_after_the_cut() =>
        s_split.Users().Select(context => (context.User.EventCount, string.Join(',', context.Wanted))).ShouldBe([(2, "i2"), (0, "i3")]);

    [Fact]
    public void The_history_is_what_was_known_at_the_cut()
    {
        var old = s_split.Users()[0];

        old.User.History.Select(item => item.ItemId).ShouldBe(["i1", "i0"]);
        old.NowMs.ShouldBe(s_split.CutMs);
    }

    [Fact]
    public void A_guest_is_given_the_first_distinct_items_and_asked_for_the_rest()
    {
        var guest = s_split.Guests(1).ShouldHaveSingleItem();

        guest.SessionItems.ShouldBe(["i4"]);
        guest.Wanted.ShouldBe(["i5"]);
    }

    [Fact]
    public void A_guest_with_nothing_left_to_ask_for_is_left_out() => s_split.Guests(2).ShouldBeEmpty();

    [Fact]
    public void Training_ends_at_the_cut() => s_split.TrainingEvents.Count().ShouldBe(4);

    [Fact]
    public void The_cut_leaves_the_asked_share_of_the_events_before_it()
    {
        var split = TemporalSplit.At(s_events, 0.8);

        split.TrainingEvents.Count().ShouldBeInRange(7, 8);
    }
}
