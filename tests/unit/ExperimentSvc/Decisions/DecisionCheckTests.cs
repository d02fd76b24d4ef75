using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Decisions;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Decisions;

public sealed class DecisionCheckTests
{
    [Fact]
    public async Task Every_decision_of_a_thousand_random_histories_replays_equal()
    {
        var log = Log(1000);
        var kinds = log.Select(static row => row.Kind).Distinct().Order().ToArray();
        kinds.ShouldBe([DecisionKinds.Inconclusive, DecisionKinds.Look, DecisionKinds.Promote, DecisionKinds.RollBack]);
        (await VerifyAsync(log)).ShouldBe(new ChainVerdict(true, log.Count, log[^1].Hash, null));
    }

    [Fact]
    public async Task A_changed_byte_is_refused_with_its_entry()
    {
        var log = Log(40);
        var random = new Random(5);
        for (var i = 0; i < 60; i++)
        {
            var at = random.Next(log.Count);
            var text = log[at].Entry.ToCharArray();
            var place = random.Next(text.Length);
            text[place] = text[place] == '1' ? '2' : '1';
            var verdict = await VerifyAsync([.. log.Select((row, j) => j == at ? row with { Entry = new string(text) } : row)]);
            verdict.Intact.ShouldBeFalse();
            verdict.Entries.ShouldBe(at, verdict.Fault);
        }
    }

    [Theory]
    [InlineData("\"now_ms\":", "does not follow from its facts")]
    [InlineData("\"users\":[", "follow")]
    [InlineData("n=", "follow")]
    public async Task Facts_that_were_changed_with_all_hashes_made_anew_are_refused(string member, string said)
    {
        var log = Log(10);
        var entry = log.First(row => row.Kind != DecisionKinds.Look).Entry;
        var at = entry.IndexOf(member, StringComparison.Ordinal) + member.Length;
        var changed = string.Concat(entry.AsSpan(0, at), entry[at] == '1' ? "2" : "1", entry.AsSpan(at + 1));
        var verdict = await VerifyAsync(Rehashed(log, entry, changed));
        (verdict.Intact, verdict.Fault!.Contains(said, StringComparison.Ordinal)).ShouldBe((false, true), verdict.Fault);
    }

    [Theory]
    [InlineData("\"n=", "\"z=")]
    [InlineData("\"arms\":[{", "\"arms\":[null,{")]
    [InlineData("\"epochs\":[{", "\"epochs\":[{\"id\":9,\"shares\":[1],\"users\":[1]},{")]
    public async Task Facts_that_nothing_can_be_decided_by_are_a_fault_of_the_log_and_not_of_the_command(string member, string instead)
    {
        var log = Log(10);
        var entry = log.First(row => row.Entry.Contains(member, StringComparison.Ordinal)).Entry;
        var verdict = await VerifyAsync(Rehashed(log, entry, entry.Replace(member, instead, StringComparison.Ordinal)));
        (verdict.Intact, verdict.Fault!.Contains("has facts that nothing can be decided by", StringComparison.Ordinal)).ShouldBe((false, true), verdict.Fault);
    }

    [Fact]
    public async Task Entries_that_changed_places_are_refused_and_an_empty_log_is_intact()
    {
        var log = Log(10);
        (await VerifyAsync([log[1], log[0], .. log.Skip(2)])).Fault.ShouldBe("entry 1 is missing; 2 follows");
        (await VerifyAsync([log[0], log[2], log[1], .. log.Skip(3)])).Fault.ShouldBe("entry 2 is missing; 3 follows");
        (await VerifyAsync([])).ShouldBe(new ChainVerdict(true, 0, ChainHash.Genesis, null));
    }

    [Fact]
    public async Task A_decision_that_was_taken_out_is_missed()
    {
        var log = Log(10);
        (await VerifyAsync([.. log.Where((_, i) => i != 3)])).Fault.ShouldBe("entry 4 is missing; 5 follows");
    }

    [Fact]
    public async Task A_decision_of_another_release_that_does_not_follow_says_which_release_to_verify_with()
    {
        var log = Log(10);
        var row = log[0];
        var entry = DecisionEntry.Of(row.Entry) with { Release = "0.0.1", Arm = "nobody" };
        (await VerifyAsync(Rehashed(log, row.Entry, entry.Canonical()))).Fault!.ShouldContain("release 0.0.1");
    }

    [Fact]
    public void Sentences_are_for_people()
    {
        foreach (var row in Log(60))
        {
            var sentence = DecisionEntry.Of(row.Entry).Sentence;
            sentence.ShouldEndWith(".");
            sentence.ShouldNotContain("NaN");
            sentence.ShouldNotContain("unknown");
            foreach (var word in Enum.GetNames<Splitrail.ExperimentSvc.Statistics.NotYet>())
                sentence.ShouldNotContain(word);
        }
    }

    private static List<ChainRow> Log(int histories)
    {
        var log = new List<ChainRow>();
        for (var seed = 0; seed < histories; seed++)
            log.AddRange(new RandomHistory(seed).Record(log.Count > 0 ? log[^1] : null));
        return log;
    }

    private static List<ChainRow> Rehashed(IReadOnlyList<ChainRow> log, string entry, string changed)
    {
        var (head, rows) = (ChainHash.Genesis, new List<ChainRow>());
        foreach (var row in log)
        {
            var parsed = JsonElement.Parse(row.Entry == entry ? changed : row.Entry);
            var text = CanonicalJson.Of(parsed).Replace(parsed.GetProperty("prev_hash").GetString()!, head, StringComparison.Ordinal);
            head = ChainHash.Of(text);
            rows.Add(row with { Entry = text, Hash = head });
        }

        return rows;
    }

    private static async Task<ChainVerdict> VerifyAsync(IReadOnlyList<ChainRow> log)
    {
        using var lines = new StringReader(string.Join("\n", log.Select(static row => row.ToLine())));
        return await DecisionCheck.OfExportAsync(lines, CancellationToken.None);
    }
}
