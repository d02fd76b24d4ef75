using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.CandidateSvc;
using Splitrail.Hosting;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc;

public sealed class CandidateOptionsTests
{
    [Fact]
    public void Without_settings_the_number_of_vectors_chooses_the_index()
    {
        var options = Read().ToIndexOptions();

        (options.Kind, options.ExactUpTo).ShouldBe(("auto", 150_000));
        Read().Embeddings.ShouldBeNull();
    }

    [Fact]
    public void The_kind_of_index_can_be_forced() =>
        Read(("VectorIndex", "ivf"), ("ExactUpTo", "7")).ToIndexOptions().ShouldSatisfyAllConditions(
            options => options.Kind.ShouldBe("ivf"),
            options => options.ExactUpTo.ShouldBe(7));

    [Fact]
    public void Every_fault_is_told_with_its_value_and_what_to_give()
    {
        var faults = Should.Throw<OptionsFaultException>(() => Read(("VectorIndex", "hnsw"), ("ExactUpTo", "-1"), ("MaxCount", "many"))).Message;

        faults.ShouldContain("CandidateSvc:VectorIndex is 'hnsw': give one of auto, exact, ivf.");
        faults.ShouldContain("CandidateSvc:ExactUpTo is '-1'");
        faults.ShouldContain("CandidateSvc:MaxCount is 'many': give a whole number from 1 to 100000, such as 2000.");
    }

    private static CandidateOptions Read(params (string Key, string Value)[] settings) => CandidateOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"CandidateSvc:{setting.Key}", (string?)setting.Value))).Build());
}
