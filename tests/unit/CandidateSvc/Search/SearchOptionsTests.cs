using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.CandidateSvc;
using Splitrail.Hosting;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

public sealed class SearchOptionsTests
{
    [Fact]
    public void English_is_the_default() => Read().Search.Analyzer.Name.ShouldBe("english");

    [Fact]
    public void An_unknown_language_and_a_missing_file_are_told_at_start()
    {
        var faults = Should.Throw<OptionsFaultException>(() => Read(("Search:Analyzer", "klingon"), ("Search:Synonyms", "/nowhere/synonyms.txt"))).Message;

        faults.ShouldContain("CandidateSvc:Search:Analyzer is 'klingon': give one of english, plain, vietnamese.");
        faults.ShouldContain("CandidateSvc:Search:Synonyms is '/nowhere/synonyms.txt'");
    }

    private static CandidateOptions Read(params (string Key, string Value)[] settings) => CandidateOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"CandidateSvc:{setting.Key}", (string?)setting.Value))).Build());
}
