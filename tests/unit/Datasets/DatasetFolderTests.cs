using System.Security.Cryptography;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Xunit;

namespace Splitrail.Tests.Unit.Datasets;

public sealed class DatasetFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder["shop"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_in_order_of_time()
    {
        EventRow[] rows =
        [
            new(3000, EventTypes.Purchase, "u1", "s1", "pumpkin-1", 2, 1_990_000),
            new(1000, EventTypes.View, null, "s2", "a"),
            new(2000, EventTypes.Rating, "u1", null, "a", 1, 4_500_000),
            new(1000, EventTypes.Click, null, "s2", "pumpkin-1", -1, -5),
        ];
        var manifest = WriterOf(rows).Write(Out);

        var folder = DatasetFolder.Open(Out);
        folder.ReadEvents().ShouldBe([rows[1], rows[3], rows[2], rows[0]]);
        folder.ReadItems().Select(item => item.ItemId).ShouldBe(["a", "pumpkin-1"]);
        folder.Manifest.ShouldBe(manifest);
        manifest.ShouldSatisfyAllConditions(
            () => manifest.Items.ShouldBe(2),
            () => manifest.Events.ShouldBe(4),
            () => manifest.Users.ShouldBe(1),
            () => manifest.GuestSessions.ShouldBe(1),
            () => manifest.FirstEventMs.ShouldBe(1000),
            () => manifest.LastEventMs.ShouldBe(3000));
    }

    [Fact]
    public void Items_keep_price_stock_and_attributes()
    {
        var item = new CatalogItem("a", "Lamp \"Zoë\"\t& more", "lights", 12.5m, null, Attributes: new Dictionary<string, string> { ["maker"] = "Ö" });
        var writer = new DatasetWriter("shop", "test");
        writer.Add(item);
        writer.Add(new EventRow(1, EventTypes.View, "u", null, "a"));
        writer.Write(Out);

        var read = DatasetFolder.Open(Out).ReadItems().Single();
        read.Attributes!["maker"].ShouldBe("Ö");
        (read with { Attributes = null }).ShouldBe(item with { Attributes = null });
    }

    [Fact]
    public void A_repeated_id_is_one_string_object()
    {
        WriterOf([new(1, EventTypes.View, "user", null, "a"), new(2, EventTypes.View, "user", null, "a")]).Write(Out);
        var rows = DatasetFolder.Open(Out).ReadEvents().ToList();
        ReferenceEquals(rows[0].UserId, rows[1].UserId).ShouldBeTrue();
        ReferenceEquals(rows[0].Type, EventTypes.View).ShouldBeTrue();
    }

    [Fact]
    public void The_shift_moves_every_time_and_is_noted()
    {
        WriterOf([new(1000, EventTypes.View, "u", null, "a")]).Write(Out, timeShiftMs: 86_400_000);
        var folder = DatasetFolder.Open(Out);
        folder.ReadEvents().Single().TimestampMs.ShouldBe(86_401_000);
        folder.Manifest.TimeShiftMs.ShouldBe(86_400_000);
    }

    [Fact]
    public void The_fingerprint_is_the_hash_of_both_files()
    {
        var manifest = WriterOf([new(1000, EventTypes.View, "u", null, "a")]).Write(Out);
        byte[] both = [.. File.ReadAllBytes(Path.Combine(Out, "items.jsonl")), .. File.ReadAllBytes(Path.Combine(Out, "events.tsv"))];
        manifest.Fingerprint.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(both)));
    }

    [Fact]
    public void Rows_across_the_buffers_border_are_read_whole()
    {
        var rows = Enumerable.Range(0, 60_000).Select(i => new EventRow(i, EventTypes.Click, null, $"session-{i}", "a")).ToArray();
        WriterOf(rows).Write(Out);
        DatasetFolder.Open(Out).ReadEvents().ShouldBe(rows);
    }

    [Fact]
    public void Writing_replaces_an_older_dataset_and_leaves_nothing_beside_it()
    {
        WriterOf([new(1, EventTypes.View, "old", null, "a")]).Write(Out);
        Directory.CreateDirectory(Out + ".partial");
        File.WriteAllText(Path.Combine(Out + ".partial", "rest-of-a-crash"), "");
        WriterOf([new(1, EventTypes.View, "new", null, "a")]).Write(Out);

        DatasetFolder.Open(Out).ReadEvents().Single().UserId.ShouldBe("new");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBe([Out]);
    }

    [Fact]
    public void A_folder_with_other_files_is_not_replaced()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "thesis.doc"), "years of work");
        var e = Should.Throw<DatasetException>(() => WriterOf([new(1, EventTypes.View, "u", null, "a")]).Write(Out));
        e.Message.ShouldContain("other files");
        File.Exists(Path.Combine(Out, "thesis.doc")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("")]
    public void An_id_that_a_line_cannot_carry_is_refused(string id) =>
        Should.Throw<ArgumentException>(() => new DatasetWriter("shop", "test").Add(new EventRow(1, EventTypes.View, id, null, "a")));

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_id() => DatasetIds.FaultOf("a\ud83c").ShouldNotBeNull();

    [Fact]
    public void An_event_of_an_item_outside_the_catalogue_is_refused()
    {
        var writer = WriterOf([new(1, EventTypes.View, "u", null, "unlisted")]);
        Should.Throw<InvalidOperationException>(() => writer.Write(Out)).Message.ShouldContain("unlisted");
    }

    [Fact]
    public void A_missing_dataset_says_how_to_make_one() =>
        Should.Throw<DatasetException>(() => DatasetFolder.Open(Out)).Message.ShouldContain("trainer import");

    [Theory]
    [InlineData("dataset.json", "{\"name\":")]
    [InlineData("events.tsv", "time\n1")]
    [InlineData("events.tsv", "time_ms\ttype\tuser_id\tsession_id\titem_id\tquantity\tvalue_micros\n")]
    [InlineData("events.tsv", "time_ms\ttype\tuser_id\tsession_id\titem_id\tquantity\tvalue_micros\n1\tview\tu\t\ta\t1\t0")]
    [InlineData("events.tsv", "time_ms\ttype\tuser_id\tsession_id\titem_id\tquantity\tvalue_micros\n1\tstare\tu\t\ta\t1\t0\n")]
    [InlineData("events.tsv", "time_ms\ttype\tuser_id\tsession_id\titem_id\tquantity\tvalue_micros\n1\tview\t\t\ta\t1\t0\n")]
    [InlineData("items.jsonl", "{\"item_id\":\"a\"")]
    [InlineData("items.jsonl", "")]
    public void A_damaged_file_is_named(string file, string content)
    {
        WriterOf([new(1, EventTypes.View, "u", null, "a")]).Write(Out);
        File.WriteAllText(Path.Combine(Out, file), content);
        var e = Should.Throw<DatasetException>(() =>
        {
            var folder = DatasetFolder.Open(Out);
            return folder.ReadItems().Count() + folder.ReadEvents().Count();
        });
        e.Message.ShouldContain(file);
    }

    private static DatasetWriter WriterOf(IEnumerable<EventRow> rows)
    {
        var writer = new DatasetWriter("shop", "test");
        writer.Add(new CatalogItem("a", "First", "", null, null));
        writer.Add(new CatalogItem("pumpkin-1", "Second", "", 1m, 3));
        foreach (var row in rows) writer.Add(row);
        return writer;
    }
}
