using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import.Formats;

public sealed class MappedCsvFormatTests : IDisposable
{
    private readonly ImportScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Columns_are_found_by_the_map()
    {
        _scene.With("orders.csv", "UID,SKU,When,Paid,Pieces,Name,Kind,Left\n7,A-1,2026-03-01T10:00:00Z,9.99,2,Lamp,lights,4\n")
            .Import("csv", map: ["user=UID,item=SKU,time=When,price=Paid", "quantity=Pieces,title=Name,category=Kind,stock=Left"]);
        _scene.Events.ShouldBe([new EventRow(ImportScene.Ms("2026-03-01T10:00Z"), EventTypes.Purchase, "7", null, "A-1", 2, 9_990_000)]);
        _scene.Items["A-1"].ShouldBe(new CatalogItem("A-1", "Lamp", "lights", 9.99m, 4));
    }

    [Fact]
    public void Columns_named_like_fields_need_no_map()
    {
        _scene.With("log.csv", "session_id;item_id;time;type\ns;a;1772000000;click\n").Import("csv");
        _scene.Events.ShouldBe([new EventRow(1_772_000_000_000, EventTypes.Click, null, "s", "a")]);
    }

    [Theory]
    [InlineData("user,item,time", "u,a,1772000000", EventTypes.View, 0)]
    [InlineData("user,item,time,rating", "u,a,1772000000,3.5", EventTypes.Rating, 3_500_000)]
    [InlineData("user,item,time,price", "u,a,1772000000,2", EventTypes.Purchase, 2_000_000)]
    [InlineData("user,item,time,type,price", "u,a,1772000000,VIEW,2", EventTypes.View, 0)]
    public void The_type_follows_from_the_columns_when_there_is_none(string header, string line, string type, long valueMicros)
    {
        _scene.With("log.csv", $"{header}\n{line}\n").Import("csv");
        var row = _scene.Events.Single();
        (row.Type, row.ValueMicros).ShouldBe((type, valueMicros));
    }

    [Theory]
    [InlineData("1772000000", "2026-02-25T06:13:20Z")]
    [InlineData("1772000000123", "2026-02-25T06:13:20.123Z")]
    [InlineData("2026-02-25", "2026-02-25T00:00:00Z")]
    [InlineData("2026-02-25 06:13", "2026-02-25T06:13:00Z")]
    [InlineData("2026-02-25T06:13:20", "2026-02-25T06:13:20Z")]
    [InlineData("2026-02-25T06:13:20+02:00", "2026-02-25T04:13:20Z")]
    [InlineData("2026-02-25T06:13:20.5Z", "2026-02-25T06:13:20.5Z")]
    public void Times_are_read_in_the_usual_forms(string text, string time)
    {
        _scene.With("log.csv", $"user,item,time\nu,a,{text}\n").Import("csv");
        _scene.Events.Single().TimestampMs.ShouldBe(ImportScene.Ms(time));
    }

    [Theory]
    [InlineData("u,,1772000000,view,1,1", "item '' is empty")]
    [InlineData("u,a,99/99/9999,view,1,1", "time '99/99/9999'")]
    [InlineData("u,a,1772000000,stare,1,1", "type 'stare' is not one of")]
    [InlineData("u,a,1772000000,purchase,0,1", "quantity '0' is not above 0")]
    [InlineData("u,a,1772000000,purchase,1,-1", "price '-1' is below 0")]
    [InlineData(",a,1772000000,purchase,1,1", "user '' is empty")]
    [InlineData("u,a,1772000000,rating,1,1", "needs a column of ratings")]
    [InlineData("u\u0000,a,1772000000,view,1,1", "it holds U+0000")]
    public void A_bad_field_is_told_with_its_column(string line, string told)
    {
        _scene.With("log.csv", $"user,item,time,type,quantity,price\nu,a,1772000000,view,1,1\n{line}\n").Import("csv");
        _scene.BadRows.ShouldHaveSingleItem().ShouldContain(told);
    }

    [Theory]
    [InlineData("item=SKU", "--map item=SKU: there is no such column")]
    [InlineData("colour=item", "there is no field colour")]
    [InlineData("item", "is not FIELD=COLUMN")]
    [InlineData("item=item,item=user", "names item twice")]
    public void A_wrong_map_is_told(string map, string told)
    {
        _scene.With("log.csv", "user,item,time\nu,a,1772000000\n");
        Should.Throw<InputException>(() => _scene.Import("csv", map: [map])).Message.ShouldContain(told);
    }

    [Fact]
    public void All_missing_columns_are_told_at_once()
    {
        _scene.With("log.csv", "a,b\n1,2\n");
        var message = Should.Throw<InputException>(() => _scene.Import("csv")).Message;
        message.ShouldSatisfyAllConditions(
            () => message.ShouldContain("no column for item"), () => message.ShouldContain("no column for time"),
            () => message.ShouldContain("no column for user or session"), () => message.ShouldContain("its columns are a, b"));
    }
}
