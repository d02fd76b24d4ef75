using Shouldly;
using Splitrail.ExperimentSvc.Pages.TryIt;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.TryIt;

public sealed class TryItQuestionTests
{
    private static readonly TryItQuestion s_empty = new("", "", "", "", "");

    [Fact]
    public void Ids_are_read_with_blanks_and_commas_between_them() => (s_empty with { Items = " a, b\tc " }).ItemIds.ShouldBe(["a", "b", "c"]);

    [Fact]
    public void Every_bad_value_is_named()
    {
        var faults = new TryItQuestion("x", "two words", "good b<d", "a/b", new string('x', 300)).Faults;

        faults.Count.ShouldBe(4);
        faults.ShouldContain(static fault => fault.Contains("'two words'", StringComparison.Ordinal));
        faults.ShouldContain(static fault => fault.Contains("'b<d'", StringComparison.Ordinal));
        faults.ShouldContain(static fault => fault.Contains("'a/b'", StringComparison.Ordinal));
    }

    [Fact]
    public void An_item_is_added_as_the_latest_and_the_address_carries_it() =>
        (s_empty with { Experiment = "e 1", Items = "a b" }).Adding("a").Address.ShouldBe("/console/try-it?experiment=e%201&user=&items=b%20a&similar=&q=");
}
