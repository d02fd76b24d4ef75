using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class SubjectTests
{
    [Theory]
    [InlineData("u", "s", false, null, "u", Subject.User)]
    [InlineData(null, "s", false, null, "s", Subject.Session)]
    [InlineData(null, null, false, null, null, Subject.Nobody)]
    [InlineData("u", "s", true, null, "s", Subject.Session)]
    [InlineData("u", "s", true, UnitKinds.Any, "s", Subject.Session)]
    [InlineData("u", null, true, null, "u", Subject.User)]
    [InlineData("u", "s", true, UnitKinds.User, "u", Subject.User)]
    [InlineData(null, "s", false, UnitKinds.User, null, Subject.Nobody)]
    [InlineData("u", "s", false, UnitKinds.Session, "s", Subject.Session)]
    [InlineData("u", null, false, UnitKinds.Session, null, Subject.Nobody)]
    public void The_unit_is_the_user_else_the_session_unless_the_session_is_kept(
        string? user, string? session, bool keepsSession, string? unit, string? expected, string kind)
    {
        var subject = new Subject(user, session, keepsSession);

        (subject.IdIn(unit), subject.KindIn(unit)).ShouldBe((expected, kind));
    }

    [Theory]
    [InlineData("u", "s", true, null, "u")]
    [InlineData("u", "s", false, null, null)]
    [InlineData("u", "s", true, UnitKinds.User, null)]
    [InlineData("u", "s", true, UnitKinds.Session, null)]
    [InlineData("u", null, true, null, null)]
    public void A_kept_session_is_linked_to_its_user(string? user, string? session, bool keepsSession, string? unit, string? linked) =>
        new Subject(user, session, keepsSession).LinkedUserIn(unit).ShouldBe(linked);
}
