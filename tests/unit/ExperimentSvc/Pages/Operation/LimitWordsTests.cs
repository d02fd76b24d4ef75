using Shouldly;
using Splitrail.ExperimentSvc.Pages.Operation;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Operation;

public sealed class LimitWordsTests
{
    [Theory]
    [InlineData("DeadlineExceeded", "no time was left")]
    [InlineData("context_deadline_exceeded", "context had no time left")]
    [InlineData("2", "without personal candidates")]
    [InlineData("some_new_cause", "some new cause")]
    public void A_label_is_told_in_words_and_one_that_is_not_known_as_it_is(string label, string words) => LimitWords.Of(label).ShouldBe(words);
}
