using Shouldly;
using Splitrail.Trainer;
using Splitrail.Trainer.Import;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import;

/// <summary>Files that are not what they are said to be: one clear error, nothing written, whatever the format.</summary>
public sealed class BadSourceTests : IDisposable
{
    private static readonly string[] FileNames =
        ["shop.csv", "ratings.csv", "movies.csv", "items.tsv", "ratings.tsv", "history.tsv", "events.csv", "events.jsonl", "items.jsonl"];

    private static readonly string[] Contents =
        ["empty", "blank lines", "binary", "prose", "wrong delimiter", "zip bytes", "cut gzip", "damaged gzip", "one endless line"];

    private readonly ImportScene _scene = new();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var format in ImportFormats.Names)
            {
                foreach (var content in Contents) cases.Add(format, content);
            }
            return cases;
        }
    }

    public void Dispose() => _scene.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_without_one_good_row_is_an_error_and_leaves_nothing(string format, string content)
    {
        foreach (var name in FileNames) _scene.With(name, ContentOf(content));
        var data = format is "online-retail" or "csv" ? Path.Combine(_scene.Source, "shop.csv") : _scene.Source;
        var message = Should.Throw<InputException>(() => _scene.Import(format, data)).Message;
        message.ShouldContain(_scene.Source);
        message.ShouldNotContain("\0");
        message.Length.ShouldBeLessThan(4_000);
        _scene.WroteSomething.ShouldBeFalse();
    }

    [Fact]
    public void A_header_without_rows_says_what_was_expected()
    {
        _scene.With("shop.csv", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
        Should.Throw<InputException>(() => _scene.Import("online-retail")).Message.ShouldContain("expects a .csv");
    }

    [Fact]
    public void A_cut_gzip_says_where_it_ends_even_after_good_rows()
    {
        var rows = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"user-{i * 7919 % 50_000},item-{i % 100},17720{i:D5}\n"));
        var gzip = ImportScene.Gzip("user,item,time\n" + rows);
        _scene.With("log.csv.gz", gzip[..(gzip.Length / 2)]);
        Should.Throw<InputException>(() => _scene.Import("csv")).Message.ShouldContain("cut or damaged");
        _scene.WroteSomething.ShouldBeFalse();
    }

    private static byte[] ContentOf(string kind)
    {
        var random = new Random(17);
        var bytes = new byte[20_000];
        random.NextBytes(bytes);
        var gzip = ImportScene.Gzip("a,b,c\n" + Convert.ToHexString(bytes));
        if (kind == "damaged gzip") random.NextBytes(gzip.AsSpan(10, 200));
        return kind switch
        {
            "empty" => [],
            "blank lines" => "\n\n\r\n  \n"u8.ToArray(),
            "binary" => bytes,
            "prose" => "To whom it may concern:\nthe data are in the other folder.\n"u8.ToArray(),
            "wrong delimiter" => "InvoiceNo|StockCode|user|item|time\n1|2|3|4|5\n"u8.ToArray(),
            "zip bytes" => [0x50, 0x4b, 3, 4, .. bytes],
            "cut gzip" => gzip[..(gzip.Length / 2)],
            "damaged gzip" => gzip,
            _ => [.. Enumerable.Repeat((byte)'x', 1_000_000)],
        };
    }
}
