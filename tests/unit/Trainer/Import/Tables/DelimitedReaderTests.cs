using Shouldly;
using Splitrail.Trainer.Import.Tables;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import.Tables;

public sealed class DelimitedReaderTests
{
    [Theory]
    [InlineData("a,b,c", "a|b|c")]
    [InlineData("a,,", "a||")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"say \"\"hi\"\"\",c", "say \"hi\"|c")]
    [InlineData("12\" ruler,c", "12\" ruler|c")]
    [InlineData("\"\",c", "|c")]
    [InlineData("a,\"two\nlines\"", "a|two\nlines")]
    public void Fields_are_split_and_unquoted(string text, string fields) => Read(text).ShouldHaveSingleItem().Fields.ShouldBe(fields);

    [Fact]
    public void Quotes_mean_nothing_in_a_tab_separated_file() =>
        Read("\"a\tb \"x\"\n\"c\td", '\t', quoted: false).Select(record => record.Fields).ShouldBe(["\"a|b \"x\"", "\"c|d"]);

    [Fact]
    public void An_open_quote_costs_its_own_line_and_no_other()
    {
        var records = Read("1,\"open\n2,fine\n3,\"quoted, too\"\n4,last");
        records.Select(record => (record.Line, record.Broken)).ShouldBe([(1, true), (2, false), (3, false), (4, false)]);
        records[2].Fields.ShouldBe("3|quoted, too");
    }

    [Fact]
    public void An_open_quote_far_from_any_other_costs_its_own_line_only()
    {
        var records = Read("1,\"open\n" + string.Join('\n', Enumerable.Range(2, 199).Select(i => $"{i},x")));
        records.Count.ShouldBe(200);
        records.Count(record => record.Broken).ShouldBe(1);
        records[^1].Line.ShouldBe(200);
    }

    [Fact]
    public void A_record_is_known_by_its_first_line_and_blank_lines_count()
    {
        Read("a\n\n\"b\nb\"\nc").Select(record => record.Line).ShouldBe([1, 3, 5]);
    }

    private static List<(long Line, bool Broken, string Fields)> Read(string text, char delimiter = ',', bool quoted = true)
    {
        var reader = new DelimitedReader(new StringReader(text), delimiter, quoted);
        var records = new List<(long, bool, string)>();
        while (reader.Read())
        {
            records.Add((reader.Line, reader.Broken, string.Join('|', Enumerable.Range(0, reader.Count).Select(i => reader[i].ToString()))));
        }
        return records;
    }
}
