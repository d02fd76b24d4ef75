using Shouldly;
using Splitrail.ExperimentSvc.Results;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Results;

public sealed class LoggedPeopleTests
{
    [Theory]
    [InlineData(0, 0, 100, 100)]
    [InlineData(60, 40, 100, 100)]
    [InlineData(300, 100, 75, 25)]
    [InlineData(1000, 0, 100, 0)]
    [InlineData(0, 1000, 0, 100)]
    public void Of_more_people_than_are_read_guests_and_users_keep_their_parts(long guests, long users, int ofGuests, int ofUsers) =>
        LoggedPeople.Parts(guests, users, most: 100).ShouldBe((ofGuests, ofUsers));
}
