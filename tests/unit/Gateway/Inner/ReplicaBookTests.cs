using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway.Inner;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Inner;

public sealed class ReplicaBookTests
{
    private readonly ManualTime _time = new();
    private readonly ReplicaBook _book;

    public ReplicaBookTests() => _book = new ReplicaBook(_time);

    [Fact]
    public void Nobody_has_followed_before_both_services_were_heard()
    {
        _book.HaveFollowed(2).ShouldBeFalse();
        _book.Candidates(new ReplicaState("c1", 2));
        _book.HaveFollowed(2).ShouldBeFalse();
        _book.Ranks(new ReplicaState("r1", 2));
        _book.HaveFollowed(2).ShouldBeTrue();
    }

    [Fact]
    public void One_replica_that_is_behind_holds_all_up_until_it_has_followed()
    {
        _book.Candidates(new ReplicaState("c1", 3));
        _book.Ranks(new ReplicaState("r1", 3));
        _book.Ranks(new ReplicaState("r2", 2));
        _book.HaveFollowed(3).ShouldBeFalse();
        _book.Ranks(new ReplicaState("r2", 3));
        _book.HaveFollowed(3).ShouldBeTrue();
    }

    [Fact]
    public void Who_was_not_heard_for_five_seconds_is_not_waited_for()
    {
        _book.Ranks(new ReplicaState("gone", 2));
        _time.Advance(TimeSpan.FromSeconds(6));
        _book.Candidates(new ReplicaState("c1", 3));
        _book.Ranks(new ReplicaState("r1", 3));
        _book.HaveFollowed(3).ShouldBeTrue();
    }

    [Fact]
    public void An_answer_of_an_older_release_says_nothing()
    {
        _book.Candidates(null);
        _book.Ranks(null);
        _book.HaveFollowed(0).ShouldBeFalse();
    }
}
